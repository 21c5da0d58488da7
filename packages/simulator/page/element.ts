/** The element that index.html promises under this id. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`index.html has no #${id} of the expected kind.`);
}

interface Properties {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Makes an element; text goes in as text, so that nobody's words become markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Properties = {},
  children: readonly Node[] = [],
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (properties.class !== undefined) element.className = properties.class;
  if (properties.text !== undefined) element.textContent = properties.text;
  for (const [attribute, value] of Object.entries(properties.attributes ?? {})) {
    element.setAttribute(attribute, value);
  }
  element.append(...children);
  return element;
}

const svgNamespace = "http://www.w3.org/2000/svg";

/** A 16 px line icon out of one path. */
export function makeIcon(path: string): SVGSVGElement {
  const icon = document.createElementNS(svgNamespace, "svg");
  icon.setAttribute("class", "icon");
  icon.setAttribute("viewBox", "0 0 16 16");
  icon.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svgNamespace, "path");
  line.setAttribute("d", path);
  icon.append(line);
  return icon;
}

/** Puts children in this order, moving only what is not in its place, so that focus stays. */
export function arrange(parent: Element, children: readonly Element[]): void {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  for (const [at, child] of children.entries()) {
    const present = parent.children[at];
    if (present !== child) parent.insertBefore(child, present ?? null);
  }
}
