"""Words for days near today, and weekdays, in every language that the product speaks.

A day's name in another language than the writer's is understood unless it is an ordinary word in one of the languages.
The names are those of the CLDR (a test compares them), and the variants that people write.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from language.tokens import plain

DOUBTFUL = frozenset({"hier", "dun", "morgen", "manana", "कल", "परसों"})
"""Without accents these are other words as well, or two days: German "hier" is here."""

_WORDS = {
    -2: "أول أمس|اول امس|vorgestern|anteayer|antier|antes de ayer|پریروز|avant-hier|kemarin dulu|l'altro ieri|"
    "altro ieri|l'altroieri|ieri l'altro|avantieri|avant'ieri|antiayer|antes de ontem|antontem|avant hier|avanthier|"
    "evvelki gün|"
    "一昨日|おととい|алдыңгүні|przedwczoraj|anteontem|позавчера|evvelsi gün|önceki gün|позавчора|hôm kia|前天",
    -1: "أمس|امبارح|البارحة|gestern|ayer|دیروز|kemarin|ieri|昨日|きのう|кеше|wczoraj|ontem|вчера|учора|вчора|kecha|"
    "hôm qua|昨天|dünkü gün",
    0: "اليوم|heute|hoy|امروز|aujourd'hui|hari ini|oggi|今日|きょう|бүгін|dzisiaj|dziś|hoje|сегодня|bugün|сьогодні|"
    "bugun|hôm nay|今天|आज",
    1: "غدًا|غدا|بكرة|فردا|demain|besok|domani|明日|あした|ертең|jutro|amanhã|завтра|yarın|ertaga|ngày mai|明天",
    2: "بعد الغد|übermorgen|pasado mañana|پس‌فردا|après-demain|lusa|dopodomani|明後日|あさって|бүрсігүні|pojutrze|"
    "depois de amanhã|послезавтра|öbür gün|післязавтра|ngày kia|后天",
}  # fmt: skip

_WEEKDAYS = (
    "الأحد|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|sonntag|montag|dienstag|mittwoch|donnerstag|freitag|samstag|"
    "domingo|lunes|martes|miércoles|jueves|viernes|sábado|یکشنبه|دوشنبه|سه‌شنبه|چهارشنبه|پنجشنبه|جمعه|شنبه|dimanche|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|रविवार|सोमवार|मंगलवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|minggu|senin|"
    "selasa|rabu|kamis|jumat|sabtu|domenica|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|жексенбі|дүйсенбі|сейсенбі|"
    "сәрсенбі|бейсенбі|жұма|сенбі|niedziela|poniedziałek|wtorek|środa|czwartek|piątek|sobota|segunda-feira|terça-feira|"
    "quarta-feira|quinta-feira|sexta-feira|воскресенье|понедельник|вторник|среда|четверг|пятница|суббота|pazar|"
    "pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|неділя|понеділок|вівторок|середа|пʼятниця|субота|yakshanba|"
    "dushanba|seshanba|chorshanba|payshanba|juma|shanba"
)
"""The CLDR's names of one word each; a test compares them."""


@cache
def doubtful() -> frozenset[str]:
    """Words that may be a day to someone who writes in another language than their own."""
    return DOUBTFUL | {plain(word) for word in _WEEKDAYS.split("|")}


@cache
def near_days() -> Mapping[str, int]:
    """The names in small letters and without accents → days from today."""
    return {plain(word): offset for offset, words in _WORDS.items() for word in words.split("|")}
