"""The words councils put at the head of a column, folded, and what they mean."""

from collections.abc import Mapping, Sequence

from app.imports.targets import Target

T = Target

#: The LGA schema's 38 names and titles, and its published template's, word for word once folded.
SCHEMA: Mapping[Target, str] = {
    T.ORGANISATION: "organisation label | organisation name",
    T.ORGANISATION_URI: "organisation uri | organisation code",
    T.EFFECTIVE_ON: "effective date",
    T.REFERENCE: "contract reference | contract reference number id | contract reference number | register reference",
    T.OCID: "open contracting id",
    T.TITLE: "contract title | title of the agreement | title of agreement",
    T.FORM: "contract type",
    T.UNIT: (
        "organisational unit | local authority directorate service responsible | directorate service responsible "
        "| local authority department responsible"
    ),
    T.SERVICE_CATEGORY_LABEL: "service category label",
    T.SERVICE_CATEGORY_URI: "service category uri",
    T.DESCRIPTION: (
        "description | description of goods and services | description of the goods and or services being provided"
    ),
    T.CATEGORY: (
        "procurement category | procurement classification councils procurement category label | procurement "
        "classification council s procurement category label"
    ),
    T.CPV_LABEL: "cpv label | procurement classification cpv label",
    T.CPV_CODE: "cpv code | procurement classification cpv code",
    T.PROCLASS_LABEL: "proclass label | procurement classification proclass label",
    T.PROCLASS_CODE: "proclass code | procurement classification proclass code",
    T.STARTS_ON: "start date | contract start date",
    T.CURRENT_END_ON: "end date | contract end date",
    T.REVIEW_ON: "review date | contract review date",
    T.LATEST_END_ON: "last extension date | extension period",
    T.VALUE: "contract value",
    T.VALUE_CERTAINTY: "fixed cost | fixed estimated cost | fixed cost estimated cost",
    T.IRRECOVERABLE_VAT: (
        "irrecoverable vat | value added tax that cannot be recovered | vat that cannot be recovered"
    ),
    T.PROVIDER: "supplier name | supplier name and details",
    T.PROVIDER_COMPANY_NUMBER: "companies house registration number | supplier registered company number",
    T.PROVIDER_CHARITY_NUMBER: "charity commission number | supplier registered charity number",
    T.PROVIDER_VENDOR_NUMBER: "other supplier id | other ids",
    T.SME: "sme supplier",
    T.VCSE: "vcse supplier",
    T.VCSE_TYPE: "vcse supplier type",
    T.MANAGER_POST: "contact name | nominated contact point name | nominated contact point",
    T.CONTACT_EMAIL: "contact email | nominated contact point email",
    T.CONTACT_URL: "contact url | nominated contact point url",
    T.PROCESS: "process type | tender type | tender process type",
    T.TENDER_URL: "tender document url | original tender document",
    T.DOCUMENT_URL: "contract document url",
    T.PERFORMANCE_URL: "performance information url",
    T.AREA_LABEL: "area served label | location service label | location served label | area served",
    T.AREA_URI: "area served uri | location served uri",
}

#: Birmingham's, Bristol's, Leicester's, LLDC's, NHSBSA's, Ashford's and plain spreadsheets' words.
SYNONYMS: Mapping[Target, str] = {
    T.REGISTER_ID: "register id",
    T.REFERENCE: (
        "reference | ref | contract ref | contract ref no | contract no | contract number | contract id | our ref "
        "| reference number | reference no | contract reference no | agreement reference | agreement number | id "
        "| ref no | po number | tender reference | procurement reference | dn reference | dn number | register "
        "number | contract code"
    ),
    T.PARENT_REFERENCE: (
        "parent reference | framework reference | parent contract | lead contract reference | master contract | "
        "related contract | parent contract reference"
    ),
    T.OCID: "ocid",
    T.TITLE: (
        "title | contract name | name of contract | agreement title | agreement name | name of agreement | "
        "agreement | contract description title | project title | project name | contract | name of service | "
        "subject matter"
    ),
    T.DESCRIPTION: (
        "contract description | brief description | scope | purpose | details | description of contract | summary "
        "| goods and services | description of services | description of goods services | purpose of spend | "
        "subject | contract details | service description"
    ),
    T.FORM: "form | agreement type | type of contract | type of agreement | framework contract | arrangement type",
    T.UNIT: (
        "directorate | department | directorate or division | responsible department | department responsible | "
        "local authority department | council department | responsible directorate | directorate department | "
        "directorate service | owning directorate | contracting department | service directorate | group | "
        "service group | dept | responsible unit"
    ),
    T.SERVICE_CATEGORY_LABEL: "service area categorisation | sercop label | se rcop label",
    T.CATEGORY: (
        "category | product category | spend category | council s own category | council category | category "
        "description | commodity | category name | procurement category name | councils procurement category "
        "label"
    ),
    T.CPV_CODE: "cpv | cpv codes | main cpv code | cpv classification",
    T.CPV_LABEL: "cpv description | cpv title",
    T.PROCLASS_LABEL: "proclass | proclass description",
    T.PROGRAMME: "programme | program | transformation programme",
    T.STARTS_ON: (
        "start | commencement date | commencement | contract commencement date | validity period start | from | "
        "date from | contract start | valid from | start of contract | contract starts | service start date | "
        "starts | award start date | agreement start date"
    ),
    T.CURRENT_END_ON: (
        "end | expiry date | expiry | contract expiry | contract expiry date | contract current end date | "
        "current end date | validity period end | to | date to | contract end | valid to | end of contract | "
        "finish date | contract completion date | completion date | termination date | contract ends | ends | end "
        "date for the contract without possible extensions | end date without extensions | initial end date | "
        "initial term end date | current expiry date | service end date | agreement end date | end date of "
        "contract"
    ),
    T.REVIEW_ON: "review | date of review | next review date | contract review | renewal date | review by",
    T.LATEST_END_ON: (
        "maximum contract end date | latest end date | end date with extensions | extended end date | maximum end "
        "date | final end date | end date including extensions | extension end date | possible end date | max end "
        "date | latest extension date | end date if extended | end date inc extensions | extend to | end date "
        "with all extensions | option to extend to | potential end date | extension date"
    ),
    T.OPTIONS: (
        "extension period months | extension in months | extension months | duration of extension in months | "
        "extension options | extension option | options to extend | option to extend | available extension | "
        "extensions | extension | extension available | possible extensions | permitted extensions | extension "
        "provision | duration of first extension in months | duration of second extension in months | duration of "
        "third extension in months | second extension | third extension | extension terms"
    ),
    T.LENGTH_TEXT: (
        "length | contract length | term | contract term | duration | contract duration | length of contract | "
        "contract period | period of contract | period | contract term months | current term months | initial "
        "term | term of contract | duration of contract | length in words | contract length months"
    ),
    T.AWARDED_ON: (
        "award date | awarded date | date of award | contract award date | date awarded | date contract awarded"
    ),
    T.VALUE: (
        "total contract value | total value | awarded value | original contract value | whole life value | "
        "contract award value | whole life cost | lifetime value | total contract cost | value of contract | "
        "estimated contract value | contract sum | contract amount | sum to be paid over the length of the "
        "contract | award value | total estimated value | total value of contract | estimated total value | "
        "contract total value | full contract value | total cost | contract price | overall contract value | "
        "total sum | contract lifetime value"
    ),
    T.ANNUAL_VALUE: (
        "annual contract value | annual value | annual cost | estimated annual value | value per annum | annual "
        "spend | yearly value | cost per annum | value pa | annual contract cost | per annum value | annual "
        "amount | estimated annual spending | estimated annual cost | annual budget | estimated annual spend | "
        "annual charge | estimated annual contract value | current annual value | average annual value | annual "
        "contract price"
    ),
    T.VALUE_LOW: (
        "value low | minimum value | value from | lower value | estimated value low | minimum contract value"
    ),
    T.VALUE_HIGH: (
        "value high | maximum value | value to | upper value | estimated value high | maximum contract value | "
        "ceiling value"
    ),
    T.EXTENDED_VALUE: (
        "extended contract value | value with extensions | value including extensions | current value | total "
        "value including extensions | value inc extensions | contract value including extensions | maximum total "
        "value | total value with extensions | contract value inc extensions"
    ),
    T.VALUE_CERTAINTY: (
        "fixed or estimated | cost type | value type | estimated or fixed | fixed or estimated cost | estimated actual"
    ),
    T.IRRECOVERABLE_VAT: (
        "non recoverable vat | vat not recoverable | unrecoverable vat | vat not recovered | vat that can t be "
        "recovered | vat which cannot be recovered"
    ),
    T.PROVIDER: (
        "supplier | provider | contractor | vendor | vendor name | provider name | contractor name | company | "
        "company name | supplier s | suppliers | awarded supplier | name of contractor | name of supplier | "
        "providers | other parties to the contract | merchant | supplier names | successful supplier | "
        "organisation awarded | awarded to | supplier provider | supplier contractor | beneficiary | recipient | "
        "name of provider | service provider | supplier name address ref type ref number is sme is vcse | payee | "
        "contractors"
    ),
    T.PROVIDER_COMPANY_NUMBER: (
        "company number | company registration number | companies house number | company reg no | registered "
        "company number | company no | supplier company number | registration number | crn | company reg number | "
        "companies house no | supplier companies house number | provider s company number | co reg no"
    ),
    T.PROVIDER_CHARITY_NUMBER: (
        "charity number | registered charity number | charity registration number | charity no | provider s "
        "charity number"
    ),
    T.PROVIDER_VENDOR_NUMBER: (
        "vendor number | supplier number | supplier id | vendor id | supplier no | creditor number | vendor no | "
        "creditor no | supplier code | supplier reference | provider s vendor number | vendor code"
    ),
    T.PROVIDER_ADDRESS: "supplier address | address | contractor address | provider address | provider s address",
    T.SME: (
        "sme | is sme | is supplier an sme | is the supplier an sme | small or medium enterprise | supplier sme | "
        "small or medium sized enterprise | sme y n | sme status"
    ),
    T.VCSE: (
        "vcse | is vcse | vco | voluntary or community sector organisation | is the supplier a vcse | vcse y n | "
        "vcs | voluntary community or social enterprise | voluntary or community | supplier vcse | third sector"
    ),
    T.VCSE_TYPE: "vcse type | vco type | type of vcse",
    T.MANAGER_POST: (
        "contract manager | contract owner | lead officer | responsible officer | owner | manager | person "
        "managing | contact | officer | budget holder | contact officer | responsible person | contract lead | "
        "council contact | person responsible | contact point | lead | contract manager name"
    ),
    T.CONTACT_EMAIL: (
        "email | email address | contact email address | contract manager email | lead officer email | e mail"
    ),
    T.CONTACT_URL: "contact website | website | contact web page",
    T.PROCESS: (
        "process | procurement route | procurement process | procurement procedure | ojeu procedure type | "
        "procedure | tender process | procedure type | tender or quote | procurement method | route to market | "
        "invitation to tender or quote | how procured | tendered or quoted | type of procurement | award "
        "procedure"
    ),
    T.STATUS: "status | contract status | current status | contract state",
    T.TENDER_URL: "tender url | tender link | link to tender | links | tender documents | contracts finder link",
    T.DOCUMENT_URL: "document url | contract url | contract link | link to contract | contract documents",
    T.PERFORMANCE_URL: "performance url | performance information",
    T.AREA_LABEL: "region | location | location served",
    T.ORGANISATION: (
        "organisation | body name | authority | council | entity | local authority | buyer | contracting "
        "authority | local authority name | buyer name | public body | authority name"
    ),
    T.ORGANISATION_URI: "body | authority code | ons code | organisation identifier",
    T.NOTE: (
        "note | notes | comments | comment | remarks | additional information | further information | other "
        "information | additional notes | additional text"
    ),
    T.IGNORE: (
        "suitable for sme | suitable for vco | suitable for vcse | current value low end | current value high end "
        "| maximum value low end | maximum value high end"
    ),
}

#: Words with more than one meaning: the first is taken if no other column says it better.
AMBIGUOUS: Mapping[str, Sequence[Target]] = {
    "notice identifier": (T.NOTICE_ID, T.REFERENCE),
    "notice id": (T.NOTICE_ID, T.REFERENCE),
    "notice reference": (T.NOTICE_ID, T.REFERENCE),
    "division": (T.DIVISION, T.UNIT),
    "business unit": (T.DIVISION, T.UNIT),
    "cost centre": (T.DIVISION,),
    "service": (T.SERVICE, T.UNIT),
    "service name": (T.SERVICE, T.UNIT),
    "service area": (T.SERVICE, T.UNIT),
    "service area responsible": (T.UNIT,),
    "team": (T.SERVICE, T.UNIT),
    "section": (T.SERVICE, T.UNIT),
    "service cost centre": (T.SERVICE, T.UNIT),
    "name": (T.TITLE, T.PROVIDER),
    "value": (T.VALUE, T.ANNUAL_VALUE),
    "amount": (T.VALUE, T.ANNUAL_VALUE),
    "net amount": (T.VALUE,),
    "cost": (T.VALUE, T.ANNUAL_VALUE),
    "price": (T.VALUE,),
    "budget": (T.ANNUAL_VALUE,),
    "extension period": (T.LATEST_END_ON, T.OPTIONS),
    "contract value excl variations": (T.VALUE,),
    "contract description": (T.DESCRIPTION, T.TITLE),
    "description": (T.DESCRIPTION, T.TITLE),
    "brief description": (T.DESCRIPTION, T.TITLE),
    "scope": (T.DESCRIPTION, T.TITLE),
    "type": (T.FORM,),
    "extended": (T.IGNORE,),
    "value from": (T.VALUE_LOW,),
    "contract": (T.TITLE, T.REFERENCE),
    "agreement": (T.TITLE, T.REFERENCE),
    "period": (T.LENGTH_TEXT,),
    "extension": (T.OPTIONS, T.LATEST_END_ON),
    "extensions": (T.OPTIONS, T.LATEST_END_ON),
}

#: Headings of a value that leave open whether it is for the whole contract or for a year.
UNSAID_BASIS = frozenset({"value", "amount", "net amount", "cost", "price"})

#: Headings of lists of payments, which every council publishes beside its contracts.
OF_PAYMENTS = frozenset(
    {
        "payment date",
        "date paid",
        "paid date",
        "invoice date",
        "invoice number",
        "transaction number",
        "transaction no",
        "transaction date",
        "merchant category",
        "date of payment",
    }
)

#: Among headings for one target the earlier here wins: the contract's own dates before its notice's.
PREFERRED: Mapping[str, int] = {
    "contract start date": 2,
    "contract end date": 2,
    "contract title": 2,
    "title of the agreement": 2,
    "awarded value": 1,
    "contract value": 1,
    "total contract value": 1,
    "original contract value": 2,
    "contract reference number id": 1,
    "contract value excl variations": -1,
    "contact name": 1,
    "directorate": 1,
}
