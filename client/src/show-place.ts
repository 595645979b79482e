/** Shows places in text editors. */
import { Range, TabInputText, TabInputTextDiff, type TextEditor, Uri, ViewColumn, window } from 'vscode';
import type { Location } from 'vscode-languageserver-types';

/**
 * Puts the cursor on the place.
 * @param options `preview: false` keeps the tab, whatever is opened after it
 */
export function showPlace(
  { uri, range: { start, end } }: Location,
  options: { readonly preview?: boolean } = {},
): Thenable<TextEditor> {
  const selection = new Range(start.line, start.character, end.line, end.character);
  return window.showTextDocument(Uri.parse(uri), { ...options, viewColumn: textColumn(), selection });
}

/** Where text is shown: in the active group, unless that shows something else, such as a map or a page. */
export function textColumn(): ViewColumn {
  const { all, activeTabGroup } = window.tabGroups;
  const showsText = all.filter(({ activeTab }) => {
    const input = activeTab?.input;
    return !activeTab || input instanceof TabInputText || input instanceof TabInputTextDiff;
  });
  if (showsText.includes(activeTabGroup)) return activeTabGroup.viewColumn;
  return showsText[0]?.viewColumn ?? (all.length > 1 ? ViewColumn.One : ViewColumn.Beside);
}
