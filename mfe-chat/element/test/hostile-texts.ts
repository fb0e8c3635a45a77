/**
 * Texts that would do something if any part of their way took them for more than text: for markup, a template, an address, a
 * format of printing, or a direction of writing that reaches beyond them.
 */
export const hostileTexts: readonly string[] = [
  '<script>window.broken = 1</script>',
  '<img src=x onerror="window.broken = 1">',
  '<svg onload="window.broken = 1"><animate onbegin="window.broken = 1" attributeName="x" dur="1s"/></svg>',
  '"><iframe srcdoc="<script>parent.broken = 1</script>"></iframe>',
  "' autofocus onfocus='window.broken = 1' x='",
  'javascript:window.broken=1',
  'https://souk.example/"onmouseover="window.broken=1',
  '[click](javascript:window.broken=1) and <a href="javascript:window.broken=1">here</a>',
  '{{ constructor.constructor("window.broken = 1")() }} ${window.broken = 1} <%= broken %> %s %n',
  '</textarea></template></title><style>*{display:none}</style>',
  '<!--<script>window.broken = 1</script>--><![CDATA[<script>window.broken = 1</script>]]>',
  '&lt;b&gt;not bold&lt;/b&gt; &#x3c;script&#x3e;',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=window.broken=1>',
  '__proto__',
  // Turns round what follows; closes what was opened for it; says that it is Arabic, and is.
  'reversed \u202e gpj.exe',
  '\u2066isolated\u2069\u2069\u202d and left open \u2067',
  'مرحبا <b>hello</b> \u200f!',
  // One word, wider than any screen; marks upon marks; nothing at all to be seen; halves of a pair; a family.
  'W'.repeat(1200),
  `Z${'\u0336\u0489\u0301'.repeat(60)}algo`,
  'zero\u200b\u200c\u200d\u2060\ufeffwidth',
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  "Robert'); DROP TABLE conversations;--",
  '=HYPERLINK("javascript:window.broken=1")',
];

/** What no text may bring into being. */
export const alive = [
  ...['script', 'iframe', 'object', 'embed', 'style', 'math', 'base', 'animate', 'b', 'template'],
  ...['[onerror]', '[onload]', '[onbegin]', '[onfocus]', '[onmouseover]', '[srcdoc]', '[autofocus]'],
].join(', ');

/** Where a link leads that leads to no page; none of these may be there. */
export const isNoPage = ({ protocol, href }: HTMLAnchorElement): boolean => href !== '' && !/^https?:$/.test(protocol);
