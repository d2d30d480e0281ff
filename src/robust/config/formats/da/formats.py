"""Danish: 3. marts 2026, 07.15, and thousands apart by a thin space."""

DATE_FORMAT = "j. F Y"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j. F Y H.i"
SHORT_DATE_FORMAT = "j/n Y"
SHORT_DATETIME_FORMAT = "j/n Y H.i"
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d/%m %Y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H.%M", "%H:%M:%S"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u2009"
NUMBER_GROUPING = 3
