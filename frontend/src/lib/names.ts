// Names that both the feed and the console need.

/** The kinds of content that this build knows. */
export const kinds = [
  'pengumuman',
  'infografis',
  'video_pendek',
  'klarifikasi',
  'carousel',
  'poster',
  'artikel',
  'siaran_pers',
] as const;

/** Proper names; they are the same in every language. */
export const networkNames: Record<string, string> = {
  whatsapp: 'WhatsApp',
  facebook: 'Facebook',
  instagram: 'Instagram',
  x: 'X',
  tiktok: 'TikTok',
  threads: 'Threads',
  linkedin: 'LinkedIn',
  telegram: 'Telegram',
  youtube: 'YouTube',
};
