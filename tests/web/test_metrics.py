"""The figures, as Prometheus reads them."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from core.model import OwnerType
from core.ports import Store, Transaction, Use, Waiting
from core.reminders import MessageKind, NewMessage, Reminder
from core.schedule import Schedule
from storage import open_store
from tests.bot.conftest import MONDAY_EVENING, Stage, stage  # noqa: F401 (a fixture)
from tests.storage.remembering import remembering  # noqa: F401
from web.address import Address
from web.application import application
from web.metrics import Metrics, Standing
from web.probes import Readiness
from web.server import Server

TOKEN = "a-metrics-token"
