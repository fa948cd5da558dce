import { expect, test } from 'vitest';
import { csvOf } from './first';

test('a name that looks like a formula stays a name, and quotes stay in their cell', () => {
  const line = {
    id: 1,
    unit: 'Bidang "A"',
    nip_tail: '003',
    password: 'abcd-efgh',
    expires_at: '',
  };
  const text = csvOf(['Nama'], [{ ...line, name: '=HYPERLINK("x")' }]);
  expect(text).toBe(
    '\uFEFF"Nama"\r\n"\'=HYPERLINK(""x"")","Bidang ""A""","003","abcd-efgh",""\r\n',
  );
});
