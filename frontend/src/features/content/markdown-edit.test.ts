import { expect, it } from 'vitest';
import { editOf, type Kind } from './markdown-edit';

const done = (kind: Kind, value: string, from: number, to: number) => {
  const edit = editOf(kind, value, from, to);
  const text = value.slice(0, edit.from) + edit.text + value.slice(edit.to);
  return { text, marked: text.slice(...edit.mark), at: edit.mark[0] };
};

it('makes the chosen words bold, and plain again', () => {
  expect(done('bold', 'satu dua', 5, 8)).toMatchObject({ text: 'satu **dua**', marked: 'dua' });
  expect(done('bold', 'satu **dua**', 7, 10)).toMatchObject({ text: 'satu dua', marked: 'dua' });
});

it('puts a list before every line that is touched, and takes it away', () => {
  expect(done('list', 'a\nb\nc', 0, 3).text).toBe('- a\n- b\nc');
  expect(done('list', '- a\n- b\nc', 2, 6).text).toBe('a\nb\nc');
  expect(done('heading', 'a\nb', 3, 3).text).toBe('a\n## b');
});

it('puts the caret where the rest of a link is to be typed', () => {
  const { text, at } = done('link', 'lihat jadwal', 6, 12);
  expect(text.slice(0, at)).toBe('lihat [jadwal](https://');
});
