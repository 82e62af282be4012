/** What a page for the screen looks like. Colours are blue, orange and grey: those who cannot tell red from green can read it. */
const SCREEN = `
:root{color-scheme:light dark;--bg:#fff;--ink:#1a1f26;--soft:#57606a;--line:#d5dbe1;--faint:#f4f6f8;--work:#0b5fae;--bad:#a8330a;--warn:#8a5a00;--mute:#8b949e;--out:#6b4fa0;--c1:#b45309;--c2:#0f766e;--c3:#7c3aed;--head:#0b5fae}
@media (prefers-color-scheme:dark){:root{--bg:#0f1318;--ink:#e6eaef;--soft:#9aa5b1;--line:#2c343d;--faint:#171c23;--work:#6fb1ff;--bad:#ff9a6b;--warn:#e9b44c;--mute:#76818d;--out:#b9a2f0;--c1:#f5b657;--c2:#5fd3c5;--c3:#c4a7ff;--head:#6fb1ff}}
*{box-sizing:border-box}html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
.page{max-width:70rem;margin:0 auto;padding:1.25rem 1rem 4rem}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--bg);padding:.4rem .8rem;z-index:1}
a{color:var(--work);text-underline-offset:.15em}:focus-visible{outline:3px solid var(--work);outline-offset:2px}
.kicker{margin:0 0 .2rem;color:var(--soft);font-size:.9rem;letter-spacing:.01em}.kicker b{color:var(--ink)}
h1{font-size:clamp(1.7rem,5vw,2.6rem);line-height:1.15;letter-spacing:-.02em;margin:0 0 1.2rem;font-weight:700;display:flex;flex-wrap:wrap;gap:.3em .6em;align-items:baseline}
h1 .o{font-size:.5em;letter-spacing:.05em;border:2px solid;border-radius:.4em;padding:.15em .6em;align-self:center}.to{color:var(--soft);font-weight:400}
h2{font-size:1.4rem;letter-spacing:-.01em;margin:3.2rem 0 .9rem;padding-top:.9rem;border-top:1px solid var(--line);scroll-margin-top:1rem}
h3{font-size:1.02rem;margin:1.8rem 0 .4rem}
.ribbon{margin:0 0 1rem;padding:.35rem .8rem;border:2px dashed var(--out);color:var(--out);font-weight:650;border-radius:.4rem}
.head{border-left:6px solid var(--mute);padding-left:1.1rem}.head.fail{border-color:var(--bad)}.head.warn{border-color:var(--warn)}.head.pass{border-color:var(--work)}
.o{white-space:nowrap;font-weight:600}.o.pass{color:var(--work)}.o.fail{color:var(--bad)}.o.warn,.o.unknown{color:var(--warn)}.o.skip,.o.stopped,.o.running{color:var(--soft)}
.pairs{margin:0;display:grid;gap:.55rem}.pairs div{display:grid;grid-template-columns:9.5rem 1fr;gap:0 1rem}.pairs dt{color:var(--soft);font-weight:600}.pairs dd{margin:0;max-width:68ch}.pairs ul{margin:0;padding-left:1.1rem}
.head .pairs{font-size:1.05rem}
.tiles{list-style:none;margin:1.6rem 0 0;padding:0;display:grid;gap:1px;grid-template-columns:repeat(3,1fr);background:var(--line);border:1px solid var(--line);border-radius:.6rem;overflow:hidden}
.tiles li{background:var(--bg);padding:.7rem .9rem;display:flex;flex-direction:column}.what{color:var(--soft);font-size:.82rem}.tiles strong{font-size:1.3rem;line-height:1.35;font-variant-numeric:tabular-nums;letter-spacing:-.01em}.tiles small{color:var(--soft);line-height:1.35}
.made,.note{color:var(--soft);font-size:.9rem;max-width:72ch}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;margin:1.6rem 0 0;padding:.7rem 0 0;border-top:1px solid var(--line);font-size:.92rem}nav a{display:inline-block;padding:.25rem 0}
figure{margin:1.6rem 0 0}figcaption{display:flex;flex-direction:column;margin-bottom:.5rem}figcaption span{color:var(--soft);font-size:.92rem;max-width:80ch}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:1.4rem 1.8rem;margin-top:1.2rem}.grid figure{margin:0;min-width:0}.grid figcaption strong{font-size:.92rem;line-height:1.3}.grid figcaption span{font-size:.82rem;line-height:1.35}
.plot{display:block;overflow:visible;font-size:12px;font-variant-numeric:tabular-nums}.plot text{fill:var(--ink)}.plot .soft{fill:var(--soft)}.narrow{display:none}.halo{paint-order:stroke;stroke:var(--bg);stroke-width:4px}
.tick{stroke:var(--line);stroke-width:1}.base{stroke:var(--mute)}.mark{stroke:var(--ink);stroke-width:1;stroke-dasharray:2 3}.dot{fill:var(--ink)}.plot .number{fill:var(--bg);font-size:11px;font-weight:700}
.line{fill:none;stroke-width:2;vector-effect:non-scaling-stroke;stroke-linejoin:round;stroke-linecap:round}.c0{stroke:var(--work)}.c1{stroke:var(--c1);stroke-dasharray:7 3}.c2{stroke:var(--c2);stroke-dasharray:2 4}.c3{stroke:var(--c3);stroke-dasharray:9 3 2 3}
.bound{stroke:var(--warn);stroke-width:1.2;stroke-dasharray:5 4}.bound.grave{stroke:var(--bad);stroke-width:1.6}.plot .bound-word{fill:var(--ink);font-size:11px;font-weight:600;paint-order:stroke;stroke:var(--bg);stroke-width:3px}.plot .window-word{font-size:11px;font-weight:600;paint-order:stroke;stroke:var(--bg);stroke-width:6px}.deadline{stroke:var(--bad);stroke-width:2}
.gap,.bar.wait{fill:url(#hatch);stroke:var(--mute);stroke-width:.6}.bar.work{fill:var(--work)}.bar.told{fill:var(--ink)}.bar.bad{fill:url(#cross);stroke:var(--bad)}.bar.warn{fill:url(#dots);stroke:var(--warn)}.bar.out{fill:url(#stripes);stroke:var(--out)}.bar.open{fill:url(#hatch);stroke:var(--warn);stroke-dasharray:4 3}.endless{stroke-dasharray:4 3}
.track{fill:var(--faint);stroke:var(--line)}.max{fill:var(--bg);stroke:var(--ink);stroke-width:1.5}
#hatch path{stroke:var(--mute)}#cross rect{fill:var(--bad)}#cross path{stroke:var(--bg)}#dots circle{fill:var(--warn)}#stripes path{stroke:var(--out)}.defs{position:absolute;width:0;height:0}
.key{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:.4rem 0;padding:0;font-size:.85rem;color:var(--soft)}.key li{display:flex;align-items:center;gap:.4rem}.key svg{flex:none}
.moments{margin:.5rem 0;padding-left:1.6rem;font-size:.92rem;columns:2 22rem;column-gap:2rem}.moments time{font-variant-numeric:tabular-nums;color:var(--soft);margin-right:.3rem}
details{margin:.5rem 0}summary{cursor:pointer;color:var(--work);font-size:.92rem;padding:.2rem 0;width:fit-content}
.scroll{overflow-x:auto;max-width:100%}table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums;margin:.3rem 0 1rem}caption{text-align:left;color:var(--soft);font-size:.85rem;padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .9rem .35rem 0;border-bottom:1px solid var(--line);overflow-wrap:normal}td:last-child,th:last-child{padding-right:0}tbody th{font-weight:500}thead th{color:var(--soft);font-weight:600;white-space:nowrap;border-bottom-color:var(--mute)}.n{text-align:right;white-space:nowrap}td,tbody th{min-width:3.5rem}
code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}small{font-size:.85em;color:var(--soft)}
.filter{border:0;padding:0;margin:.6rem 0;display:flex;flex-wrap:wrap;gap:.3rem 1rem;font-size:.9rem}.filter legend{float:left;color:var(--soft);margin-right:.6rem}
${['steps', 'gates', 'watch', 'people'].map((id) => `.record:has(#f-${id}:checked) tbody tr:not(.${id}){display:none}`).join('')}
@media (min-width:64rem){.tiles{grid-template-columns:repeat(6,1fr)}}@media (max-width:40rem){.plot .wide{display:none}.plot .narrow{display:inline}}@media (max-width:34rem){.pairs div{grid-template-columns:1fr}.head{padding-left:.8rem}.tiles{grid-template-columns:1fr 1fr}h2{margin-top:2.4rem}.moments{columns:1}.blocks thead{position:absolute;left:-99rem}.blocks tr{display:block;padding:.45rem 0;border-bottom:1px solid var(--line)}.blocks tbody th,.blocks td{display:block;border:0;padding:0;text-align:left;overflow-wrap:anywhere;white-space:normal}.blocks tbody th{font-weight:650}.blocks td[data-h]{display:inline}.blocks td[data-h]::before{content:attr(data-h) ": ";color:var(--soft)}.blocks td[data-h]:not(:last-child)::after{content:" · ";color:var(--soft)}.blocks td:empty{display:none}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}`;

/** On paper nothing is folded away but the record, and no colour is needed. */
const PAPER = `
@media print{:root{--bg:#fff;--ink:#000;--soft:#444;--line:#bbb;--faint:#f4f4f4;--work:#0b4f91;--bad:#8f2b08;--warn:#6f4800;--mute:#666;--out:#54397f;--c1:#8f4207;--c2:#0b5a53;--c3:#5b21b6}
body{font-size:10pt}.page{max-width:none;padding:0}nav,.skip,.filter,section:has(>.record){display:none}h2{break-after:avoid;margin-top:1.6rem}h3,caption,figcaption,.note{break-after:avoid}
figcaption,figcaption span{display:block}figcaption,tr,.plot,.key,.moments,.tiles,.pairs div{break-inside:avoid}.plot,.key{break-after:avoid}.scroll{overflow:visible}summary{display:none}details:not([open])::details-content{content-visibility:visible;block-size:auto}thead{display:table-header-group;break-after:avoid}tbody tr:first-child{break-before:avoid}.grid{grid-template-columns:1fr 1fr}.tiles{grid-template-columns:repeat(3,1fr)}}
@page{size:A4;margin:14mm 13mm 16mm}`;

/** The style of a page; `running` is what stands on every sheet of paper, of plain letters alone. */
export const makeStyle = (running: string): string =>
  `${SCREEN}${PAPER}
@page{@top-left{content:"${running.replace(/[^\w.+ /-]/g, ' ')}";font:8pt system-ui,sans-serif;color:#444}@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#444}}
`;
