// English words of news about what a person sent in.
import type id from './told.id';

export default {
  proof_accepted: 'Your screenshot was accepted',
  proof_rejected: 'Your screenshot could not be accepted',
  objection_granted: 'Your objection was granted',
  objection_rejected: 'Your objection was answered',
  reach_taken: 'Part of your count was taken out: read why',
  reach_kept: 'The check of your count was decided',
  reach_restored: 'Your count was restored',
  raffle_won: 'Congratulations, your raffle number was drawn',
  raffle_corrected: 'The raffle was corrected: your number is no longer drawn',
  request_working: 'Your data request is being worked on',
  request_done: 'Your data request was granted',
  request_refused: 'Your data request was refused: read why',
  ask_correction: 'Correct my data',
  ask_copy: 'Access or a copy',
  ask_information: 'Information',
  ask_erase: 'Erase or limit',
  ask_withdraw: 'Take all consents back',
} satisfies Record<keyof typeof id, string>;
