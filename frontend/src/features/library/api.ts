// The calls of the library, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import { upload } from '../../lib/api/upload';

export type Asset = Schemas['Asset'];
export type Added = Schemas['Added'];
export type Crop = Schemas['Crop'];
export type Ratio = Crop['ratio'];
type Page<T> = { items: T[]; next: string };

export const ratios: Ratio[] = ['1:1', '4:5', '9:16', '16:9', '1.91:1', 'free'];
export const languages = [
  'id',
  'en',
  'jv',
  'su',
  'mad',
  'min',
  'ban',
  'bug',
  'ace',
  'bjn',
  'sas',
  'ms',
] as const;
export type Language = (typeof languages)[number];

/** As the server has them, in bytes. */
export const MOST = { picture: 20 * 1024 * 1024, video: 100 * 1024 * 1024 };
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp'];

/** Where a small form of a picture or of a poster is; empty: there is none. */
export const thumbnail = (of: { forms: { name: string; width: number }[] }) =>
  of.forms.length > 0 ? `/media/${of.forms[Math.min(1, of.forms.length - 1)]!.name}` : '';

export type Wanted = { q: string; kind: '' | Asset['kind']; agency?: number };

export const listMedia = (
  { q, kind, agency }: Wanted,
  after: string,
  signal?: AbortSignal,
): Promise<Page<Asset>> =>
  unwrap(
    api.GET('/api/v1/media', {
      params: {
        query: {
          limit: 24,
          ...(q && { q }),
          ...(kind && { kind }),
          ...(agency && { agency }),
          ...(after && { after }),
        },
      },
      signal,
    }),
  );

export const getMedia = (id: number, signal?: AbortSignal): Promise<Asset> =>
  unwrap(api.GET('/api/v1/media/{id}', { params: { path: { id } }, signal }));

export const addMedia = (file: File, agency: number, onprogress: (percent: number) => void) =>
  upload<Added>(
    `/api/v1/media?${new URLSearchParams({ name: file.name, ...(agency && { agency: String(agency) }) })}`,
    file,
    onprogress,
  );

export type Words = Pick<Asset, 'name' | 'alt' | 'tags' | 'focus_x' | 'focus_y'>;

export const editMedia = (of: Asset, words: Words): Promise<Asset> =>
  unwrap(
    api.PUT('/api/v1/media/{id}', {
      params: { path: { id: of.id } },
      body: { ...words, version: of.version },
    }),
  );

export async function removeMedia(id: number) {
  await unwrap(api.DELETE('/api/v1/media/{id}', { params: { path: { id } } }));
}

export type Area = { x: number; y: number; width: number; height: number };

export const cutMedia = (id: number, ratio: Ratio, area: Area): Promise<Asset> =>
  unwrap(
    api.POST('/api/v1/media/{id}/crops', { params: { path: { id } }, body: { ratio, ...area } }),
  );

export const uncutMedia = (id: number, ratio: Ratio): Promise<Asset> =>
  unwrap(api.DELETE('/api/v1/media/{id}/crops/{ratio}', { params: { path: { id, ratio } } }));

export const setPoster = (id: number, picture: number): Promise<Asset> =>
  unwrap(
    api.PUT('/api/v1/media/{id}/poster', {
      params: { path: { id } },
      body: { picture_id: picture },
    }),
  );

export const addSubtitles = (id: number, lang: Language, file: File) =>
  upload<Asset>(`/api/v1/media/${id}/subtitles/${lang}`, file, () => {});

export const dropSubtitles = (id: number, lang: string): Promise<Asset> =>
  unwrap(api.DELETE('/api/v1/media/{id}/subtitles/{lang}', { params: { path: { id, lang } } }));
