/** Messages as they go over a stream (LSP 3.17, base protocol). */

/** @param message without its version of JSON-RPC */
export function framed(message: object): string {
  const content = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(content)}\r\n\r\n${content}`;
}
