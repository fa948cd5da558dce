/**
 * A part of the ASN face that comes later, with the style that such parts need: what is inlined into the
 * page dresses the first screen alone. Fails when either is out of reach.
 */
export async function dressed<Part>(coming: Promise<Part>): Promise<Part> {
  const [part] = await Promise.all([coming, import('../asn/rest.css')]);
  return part;
}
