/** SVG read by a strict parser, so that a picture that is not well-formed fails. */
import { SaxesParser } from 'saxes';

export interface Xml {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Xml[];
  /** Its own, and that of what is in it. */
  readonly text: string;
}

/** @throws where it is not well-formed */
export function parseXml(source: string): Xml {
  interface Open extends Xml {
    readonly children: Open[];
    text: string;
  }
  const top: Open = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Open = {
      name,
      attributes: { ...attributes } as Record<string, string>,
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    for (const element of open) element.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(source).close();
  const [root] = top.children;
  if (!root) throw new Error('there is no element');
  return root;
}

/** The element and all in it, in order. */
export function all(element: Xml): readonly Xml[] {
  return [element, ...element.children.flatMap(all)];
}

/** Those that have all of the classes, separated by spaces. */
export function ofClass(root: Xml, classes: string): readonly Xml[] {
  return all(root).filter(({ attributes }) => {
    const own = (attributes.class ?? '').split(' ');
    return classes.split(' ').every((each) => own.includes(each));
  });
}

export function number(element: Xml, attribute: string): number {
  const value = Number(element.attributes[attribute] ?? Number.NaN);
  if (!Number.isFinite(value)) throw new Error(`${element.name} has no number ${attribute}`);
  return value;
}
