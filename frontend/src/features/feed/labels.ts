// Names of what the server gives as a key.
import { kinds, networkNames } from '../../lib/names';
import { t } from '../../text/asn';

/** A kind that this build does not know yet is shown as it is. */
export function kindName(kind: string) {
  const known = kinds.find((name) => name === kind);
  return known ? t(`kind_${known}`) : kind.replaceAll('_', ' ');
}

export function networkName(network: string) {
  if (network === 'copy' || network === 'website' || network === 'email' || network === 'system')
    return t(`network_${network}`);
  return networkNames[network] ?? network;
}
