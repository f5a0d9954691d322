"""The one style sheet of a document that stands alone: on a screen, on paper, and as the source of a PDF."""

STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;font:1rem/1.45 Arial,"Liberation Sans",sans-serif;color:#0b0c0c;background:#fff}
main{max-width:110rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 1rem;color:#12436d}
h2{font-size:1.25rem;margin:1.5rem 0 .5rem;color:#12436d}
a{color:#1a65a6}
.annex-warning{border:3px solid #b10e1e;color:#b10e1e;font-weight:bold;padding:.5rem 1rem;margin:0 0 1rem}
.annex-facts{margin:0 0 1rem}
.annex-facts div{display:flex;gap:.75rem;border-bottom:1px solid #b1b4b6;padding:.25rem 0}
.annex-facts dt{font-weight:bold;flex:0 0 8rem}
.annex-facts dd{margin:0;min-width:0;overflow-wrap:anywhere}
.annex-contents{list-style:none;margin:0;padding:0}
.annex-contents li{margin:.2rem 0}
.annex{margin:2.5rem 0 0}
.annex-before{max-width:60rem}
table{border-collapse:collapse;width:100%;font-size:.85rem;line-height:1.35}
caption{text-align:left;font-weight:bold;font-size:1.25rem;color:#12436d;padding:0 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .5rem;border-bottom:1px solid #b1b4b6;font-weight:normal;
overflow-wrap:break-word}
thead th{background:#12436d;color:#fff;font-weight:bold;vertical-align:bottom}
thead a{color:#fff}
tbody th[scope=row]{font-weight:bold}
th.annex-group{background:#e8eef4;font-weight:bold;color:#12436d}
.govuk-table__header--numeric,.govuk-table__cell--numeric{text-align:right;font-variant-numeric:tabular-nums}
.annex-totals th,.annex-totals td{background:#f3f6f9;font-weight:bold;border-top:1px solid #12436d}
.annex-also{color:#484f54}
.annex-marks{font-size:.75em;line-height:0;padding-left:.15em}
.annex-remark,.annex-source{font-size:.85rem;margin:.5rem 0 0;max-width:80rem}
.annex-source{color:#484f54;font-style:italic}
.annex-footnotes{list-style:none;font-size:.85rem;margin:.75rem 0 0;padding:0;max-width:80rem}
.annex-mark{display:inline-block;min-width:1.2rem;font-weight:bold}
@media screen{
.annex-facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(24rem,100%),1fr));gap:.25rem 2rem}
.annex-scroll{overflow-x:auto}
.annex-scroll:focus-visible{outline:3px solid #0b0c0c;outline-offset:2px}
.annex table{min-width:70rem}
.govuk-visually-hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);
white-space:nowrap}
}
@page{size:A4 landscape;margin:10mm 10mm 14mm;
@bottom-left{content:string(title);font:7pt Arial,"Liberation Sans",sans-serif;color:#484f54}
@bottom-right{content:"Page " counter(page) " of " counter(pages);font:7pt Arial,"Liberation Sans",sans-serif;
color:#484f54}}
@media print{
body{font-size:8.5pt;line-height:1.25}
main{max-width:none;padding:0}
h1{font-size:16pt;string-set:title content()}
h2{font-size:11pt}
.annex{break-before:page;margin:0}
table{table-layout:fixed;font-size:7pt}
caption{font-size:12pt}
th,td{padding:1.5pt 3pt;line-height:1.25}
tr{break-inside:avoid}
thead{display:table-header-group}
tfoot{display:table-row-group}
.annex-group{break-after:avoid}
.annex-remark,.annex-source,.annex-footnotes{font-size:7pt;margin:2pt 0 0}
.govuk-visually-hidden{display:none}
a{color:inherit;text-decoration:none}
}
"""
