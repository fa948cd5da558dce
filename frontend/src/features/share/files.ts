// Files of a content that a person can pass on. Harmless while contents have none.
export type Source = { url: string; width: number; height: number; bytes: number };
export type Image = {
  alt: string;
  width: number;
  height: number;
  sources: Source[];
  crops?: ({ ratio: string } & Source)[] | null;
};

/** The pictures of an item, whether or not this build's API document knows them yet. */
export function imagesOf(item: object): Image[] {
  const { images } = item as { images?: unknown };
  return Array.isArray(images) ? (images as Image[]).filter((image) => image.sources?.length) : [];
}

/** The best source: what a network shows large. */
export function bestOf(image: Image): Source {
  return image.sources.reduce((best, one) => (one.width > best.width ? one : best));
}

/** The shapes that a network shows whole, the best first. */
const shapes: Record<string, string[]> = {
  instagram: ['4:5', '1:1'],
  tiktok: ['9:16'],
};

/** The crop in the shape of a network, or else the whole picture. */
export function fitOf(image: Image, network: string): Source {
  const wanted = shapes[network] ?? [];
  for (const shape of wanted) {
    const crop = image.crops?.find(({ ratio }) => ratio === shape);
    if (crop) return crop;
  }
  return bestOf(image);
}

/** What fills a phone: a WhatsApp status or a story. */
export const tallOf = (image: Image): Source | undefined =>
  image.crops?.find(({ ratio }) => ratio === '9:16');
