/** The README as an extension gallery and the editor's page of the extension show it. */

/** Of who has the repository: what is typed in its folder. */
const CHECKOUT = ['Try it', 'On the command line', 'On real kernels', 'Development'];

/**
 * There are no files beside it, and nowhere on the web: no picture is left that would be broken, and of a link to another
 * page its words, or nothing where it stood in brackets for whoever wants to read more.
 */
export function galleryReadme(markdown) {
  return markdown
    .split(/^(?=## )/m)
    .filter((section) => !CHECKOUT.some((title) => section.startsWith(`## ${title}\n`)))
    .join('')
    .replace(/^<picture>[\s\S]*?^<\/picture>\n+/gm, '')
    .replace(/^English · .*\n+/m, '')
    .replace(/!\[[^\]]*\]\((?!https:)[^)]*\)\n*/g, '')
    .replace(/\s\(\[[^\]]*\]\((?!https:|#)[^)]*\)\)/g, '')
    .replace(/\[([^\]]*)\]\((?!https:|#)[^)]*\)/g, '$1');
}
