"""Opening the store of the settings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from core.observing import UNOBSERVED, Observer
from core.ports.store import Store, StoreDamaged, StoreUnavailable
from goaltree.errors import Failure
from goaltree.settings import BadSetting, Settings
from storage import StoreNotReady, open_store


@asynccontextmanager
async def opened(settings: Settings, observer: Observer = UNOBSERVED) -> AsyncIterator[Store]:
    """The store of the settings, open. Raises `BadSetting` and `Failure`."""
    if settings.database_url is None:
        make_data_dir(settings)
    async with AsyncExitStack() as stack:
        try:
            store = await stack.enter_async_context(open_store(settings.url, observer))
        except ValueError as error:
            raise BadSetting(f"GOALTREE_DATABASE_URL: {error}") from None
        except StoreNotReady as error:
            raise Failure(str(error)) from error
        except StoreDamaged as error:
            raise Failure(
                f"The database is damaged ({error}): put it aside and bring back a backup with goaltree restore."
            ) from error
        except StoreUnavailable as error:
            raise Failure(f"The database cannot be used: {error}.") from error
        except OSError as error:
            raise Failure(f"The database cannot be reached: {error}.") from error
        yield store


def make_data_dir(settings: Settings) -> None:
    """Create the data directory if it is missing. Raises `Failure`."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"The data directory {settings.data_dir} cannot be made: {error.strerror}.") from error
