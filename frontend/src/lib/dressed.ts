import { stale } from './stale.svelte';

/**
 * A part of the ASN face that comes later, with the style that such parts need: what is inlined into the
 * page dresses the first screen alone. Fails when either is out of reach; then it is known whether a newer
 * version has taken their place.
 */
export async function dressed<Part>(coming: Promise<Part>): Promise<Part> {
  try {
    const [part] = await Promise.all([coming, import('../asn/rest.css')]);
    return part;
  } catch (reason) {
    await stale.look();
    throw reason;
  }
}
