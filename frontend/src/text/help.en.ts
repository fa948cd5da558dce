// English words of the help.
import type id from './help.id';

export default {
  title: 'Help',
  lead: 'Short answers. Search with a word or two.',
  search: 'Search help',
  search_hint: 'For example: recorded, objection, who sees',
  found: '{n} {n|answer|answers}',
  none: 'There is no answer to that yet',
  none_hint: 'Try other words, or ask under Requests in My data.',
  ask: 'Ask',

  q_share: 'How do I share?',
  a_share:
    'Tap **Share** on a content, choose or write a caption, then choose the network. WhatsApp stands on top. For Instagram and TikTok: save the file, copy the caption, open the app.',
  q_recorded: 'Why is it not recorded yet?',
  a_recorded:
    'A share is recorded when you tap the network, with evidence D. It rises to B when somebody else opens your link. If the link was removed from the text, nothing can be counted. **Impact → Status of acts** tells the cause and the time; there you can also paste the address of a post or object.',
  q_grades: 'What do A, B, C and D mean?',
  a_grades:
    '**A** confirmed by the social network. **B** somebody else opened your link. **C** there is a sign, not measured yet. **D** by your own word. The letter grades the evidence, not you.',
  q_object: 'How do I object?',
  a_object:
    'Open **Impact → Status of acts**, tap **Object** at the act, choose what is wrong and send it. The public relations desk of the agency that published answers within 3 working days; not your superior. Until it is answered you can read it and take it back by **See my objection**. If it is rejected you may appeal once.',
  q_seen: 'Who sees what I do?',
  a_seen:
    'What you share, like, skip and learn, one by one, only your own screens show. Superiors and PR see sums by unit. Your name stands on leaderboards only if you agree. Who reviews a screenshot does not see your name; who answers an objection sees your unit, and your name only if you allow it. Who opened your data is told in **My data → Who looked**.',
  q_offline: 'What if there is no signal?',
  a_offline:
    'The last feed can still be read. What you do waits on the phone, marked **Waiting to be sent**, and is sent once when there is a connection. Do not sign out before.',
  q_data: 'How do I save data?',
  a_data:
    'Switch **Data saver** on in Me. Pictures and videos are only loaded after a tap, and their size is told first.',
  q_notices: 'How do I set or stop notices?',
  a_notices:
    'In **Me → Notices** you choose which, how and when. From 21.00 to 06.00 local time there are no prompts. E-mails have a link to stop them at the bottom.',
  q_name: 'Who sees my name?',
  a_name:
    'Leaderboards show your name only if you agree in **My data → Consents**. Superiors and PR see sums by unit, not names.',
  q_must: 'Do I have to share?',
  a_must:
    'No. Sharing is voluntary and without sanctions. Skip what does not suit you; you may say why, or not.',
  q_wrong: 'I shared something that was withdrawn. What do I do?',
  a_wrong:
    'A message tells the reason. Please delete your post on that network, then tap **I have deleted it**.',
  q_password: 'I forgot my password.',
  a_password:
    'Ask the operator of your unit. You get a new first password and make your own when you sign in. The operator cannot see your password.',
  q_leave: 'How do I sign out, or stop?',
  a_leave:
    '**Sign out** is at the bottom of Me; the data on this phone goes with it. To stop for good, ask to **Erase or limit** in My data.',
  // Other words by which people look for an answer.
  w_share: 'send spread post',
  w_recorded: 'missing zero clicks points evidence',
  w_grades: 'letter grade mark evidence a b c d badge colour',
  w_object: 'objection protest complain complaint wrong mistake appeal withdraw',
  w_seen: 'who sees know watch activity boss superior office privacy secret tracked',
  w_offline: 'internet network lost',
  w_data: 'quota save pictures video',
  w_notices: 'notifications e-mail sound night stop turn off',
  w_name: 'leaderboard hide anonymous',
  w_must: 'compulsory forced sanction punished',
  w_wrong: 'withdrawn recalled delete hoax',
  w_password: 'forgot sign in login',
  w_leave: 'sign out stop delete account close',
  // Words that say nothing about what is looked for.
  idle: 'what does do is are the a an i my me we how why can may of in on to for with about mean means please',
} satisfies Record<keyof typeof id, string>;
