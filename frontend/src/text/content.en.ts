import type id from './content.id';

export default {
  not_kept:
    'The full text is not on this phone yet. Open it once while online, then it can be read offline.',
  back_to_feed: 'Back to the feed',
  content: 'Content',
  content_error: 'The content could not be opened',
  official_posts: 'Official posts',
  origin: 'Origin of this content',
  origin_agency: 'Agency',
  origin_approved: 'Approved by',
  origin_approver: 'Content approver',
  show_picture: 'Show the picture ({n} KB)',
  origin_published: 'Published',
  origin_until: 'Ends',
  origin_version: 'Version',
  origin_hash: 'Fingerprint (changes when the text is changed)',
  landing: 'Open the official page',
  public_page: 'Public page of this content',
  my_acts: 'Your participation',
} satisfies Record<keyof typeof id, string>;
