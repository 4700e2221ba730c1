import XMLBuilder from "fast-xml-builder";

/** A document as XML: attributes begin with `@_`, text is `#text`. */
export function xmlText(root: object): string {
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    format: true,
    suppressEmptyNode: true,
    attributeValueProcessor: (_, value) => inXml(value),
    tagValueProcessor: (_, value) => inXml(value),
  });
  return builder.build({ "?xml": { "@_version": "1.0", "@_encoding": "UTF-8" }, ...root });
}

/** The two characters that are no control and yet cannot stand in XML. */
const inXml = (value: unknown): string => String(value).replace(/[\ufffe\uffff]/g, "\ufffd");
