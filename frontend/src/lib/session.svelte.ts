// Who is signed in, as this page knows. The session itself is an HttpOnly cookie that no script reads.
import type { components } from './api/schema';

type Me = components['schemas']['Me'];

let me = $state.raw<Me | undefined>();
let asking = $state.raw(false);
let waiting: ((signedIn: boolean) => void)[] = [];

function settle(signedIn: boolean) {
  asking = false;
  const all = waiting;
  waiting = [];
  all.forEach((resolve) => resolve(signedIn));
}

export const session = {
  /** Undefined until it is known. */
  get me() {
    return me;
  },
  /** Whether the session ended while the person was at work: a dialog asks to sign in again. */
  get asking() {
    return asking;
  },
  /**
   * Resolves to true when the person has signed in again. The screen and what was typed stay. Before
   * anybody signed in there is nothing to keep: the face shows its sign-in screen instead.
   */
  signInAgain(): Promise<boolean> {
    if (!me) return Promise.resolve(false);
    asking = true;
    return new Promise((resolve) => waiting.push(resolve));
  },
  /** Takes note of who signed in. Somebody else than before must not see the former one's screen. */
  begin(as: Me) {
    const other = me !== undefined && me.id !== as.id;
    me = as;
    if (other) location.reload();
    else settle(true);
  },
  /** The server wants a step done before anything else: the face shows it instead of its screens. */
  hold(step: string | undefined) {
    if (me && (step === 'change_password' || step === 'enrol_totp')) me = { ...me, pending: step };
  },
  /** The person closed the dialog: waiting requests fail as not signed in. */
  giveUp() {
    settle(false);
  },
  end() {
    me = undefined;
    settle(false);
  },
};
