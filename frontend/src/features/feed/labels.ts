// Names of what the server gives as a key.
import { t } from '../../text/asn';

const kinds = [
  'pengumuman',
  'infografis',
  'video_pendek',
  'klarifikasi',
  'carousel',
  'poster',
  'artikel',
  'siaran_pers',
] as const;

/** A kind that this build does not know yet is shown as it is. */
export function kindName(kind: string) {
  const known = kinds.find((name) => name === kind);
  return known ? t(`kind_${known}`) : kind.replaceAll('_', ' ');
}

/** Proper names; they are the same in every language. */
const networks: Record<string, string> = {
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

export function networkName(network: string) {
  if (network === 'copy' || network === 'website' || network === 'email' || network === 'system')
    return t(`network_${network}`);
  return networks[network] ?? network;
}
