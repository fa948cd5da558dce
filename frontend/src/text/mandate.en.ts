// English words of mandates.
import type id from './mandate.id';

export default {
  title: 'Mandate',
  lead: 'Civil servants see the letter. A mandate ends by itself; sharing is voluntary again afterwards.',
  mandated: 'A letter asks for this content',
  number: 'Letter number',
  date: 'Date of the letter',
  signer: 'Signed by',
  signer_hint: 'Name and office.',
  basis: 'Legal basis',
  basis_hint: 'For example Inpres 9/2015.',
  until: 'Last day',
  until_hint: 'One year at most.',
  asn_title: 'The letter that asks for this content',
  asn_lead: 'You share under your own account, as always. Skipping it is not recorded.',
  asn_until: 'In force until',
} satisfies Record<keyof typeof id, string>;
