// The calls of a content's pictures.
import { api, unwrap } from '../../lib/api/client';
import type { Schemas } from '../../lib/api/client';
import { upload } from '../../lib/api/upload';

export type Upload = Schemas['Upload'];
export type Image = Schemas['Image'];

/** As the server has them. */
export const MAX_IMAGES = 6;
export const MAX_IMAGE_BYTES = 20 * 1024 * 1024;
export const imageTypes = ['image/jpeg', 'image/png', 'image/webp'];

/** Where a small form of a picture is. */
export const thumbnail = (image: { name: string; files?: { name: string }[] | null }) =>
  `/media/${image.files?.[0]?.name ?? image.name}`;

export function listImages(content: number): Promise<Upload[]> {
  return unwrap(
    api.GET('/api/v1/contents/{id}/images', { params: { path: { id: content } } }),
  ) as Promise<Upload[]>;
}

export async function dropImage(content: number, n: number) {
  await unwrap(
    api.DELETE('/api/v1/contents/{id}/images/{n}', { params: { path: { id: content, n } } }),
  );
}

export const uploadImage = (content: number, file: File, onprogress: (percent: number) => void) =>
  upload<Upload>(`/api/v1/contents/${content}/images`, file, onprogress);
