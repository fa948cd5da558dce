// The pictures of a content as files, for the phone's own share sheet.
import { bestOf, imagesOf } from './files';

const nameOf = (url: string, i: number) =>
  url.split(/[?#]/)[0]!.split('/').pop() || `gambar-${i + 1}`;

/** The files themselves; none when there are none, they do not come, or the phone takes no files. */
export async function filesOf(item: object): Promise<File[]> {
  const images = imagesOf(item);
  if (images.length === 0 || !navigator.canShare) return [];
  try {
    const files = await Promise.all(
      images.map(async (image, i) => {
        const { url } = bestOf(image);
        const answer = await fetch(url);
        if (!answer.ok) throw new Error(String(answer.status));
        const blob = await answer.blob();
        return new File([blob], nameOf(url, i), { type: blob.type });
      }),
    );
    return navigator.canShare({ files }) ? files : [];
  } catch {
    return []; // the text goes without them
  }
}
