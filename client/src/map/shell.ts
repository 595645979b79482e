/** The page's frame: its tools with their texts, and where the picture comes. */
import { env, Uri, type Webview } from 'vscode';
import { toBase64 } from '../../../server/src/project/base64';
import { type TextId, text } from '../texts';
import { ICONS, type IconName } from './icons';
import { COMPARISONS } from './messages';

export function shell(webview: Webview, dist: Uri): string {
  const nonce = toBase64(crypto.getRandomValues(new Uint8Array(16)));
  const resource = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    // The picture on its way to a PNG.
    'img-src blob:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${say('map.title')}</title>
<link rel="stylesheet" href="${resource('picture.css')}">
<link rel="stylesheet" href="${resource('map.css')}">
</head>
<body>
<header>
<div class="bar">
${selects()}
<span class="tools">
${button('zoom-out', 'map.zoom-out')}
${button('zoom-in', 'map.zoom-in')}
${button('zoom-fit', 'map.zoom-fit')}
${button('table', 'map.table', 'aria-pressed="false"')}
${button('copy', 'map.copy')}
${button('export', 'map.export')}
</span>
</div>
<h1 id="summary"></h1>
<p id="note" role="status" hidden></p>
</header>
<main id="sheet" tabindex="-1"></main>
<section id="tables" class="hidden" aria-label="${say('map.table.heading')}"></section>
<section id="nothing" hidden>
<p>${say('map.nothing.help')}</p>
<p><button id="sample">${say('map.nothing.sample')}</button>
<button id="found" class="secondary">${say('map.nothing.found')}</button></p>
</section>
<section id="offer" aria-label="${say('map.offer')}" hidden>
<span id="offer-text"></span>
<button id="apply">${say('map.apply')}</button>
<button id="cancel" class="secondary">${say('map.cancel')}</button>
</section>
<p id="live" aria-live="polite"></p>
<script nonce="${nonce}" src="${resource('map.js')}"></script>
</body>
</html>`;
}

function selects(): string {
  const comparisons = COMPARISONS.map(
    (each) => `<option value="${each}">${say(`map.compare.${each}`)}</option>`,
  );
  return `<label id="projects" hidden>${say('map.project')} <select id="project"></select></label>
<label>${say('map.compare')} <select id="compare">${comparisons.join('')}</select></label>`;
}

function button(icon: IconName, label: TextId, attributes = ''): string {
  return `<button id="${icon}" class="icon" title="${say(label)}" aria-label="${say(label)}" ${attributes}>${ICONS[icon]}</button>`;
}

function say(id: TextId): string {
  return text(id).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
