// How a card asks for its picture. What is fetched ahead asks in the same way, or another size would come.
import type { Picture } from '../../lib/api/types';

export const sizes = '(min-width:46rem) 38rem, calc(100vw - 4rem)';

export const sourcesOf = (of: Picture) =>
  of.sources.map(({ url, width }) => `${url} ${width}w`).join();
