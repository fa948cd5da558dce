// English words of how a report leaves the screen.
import type id from './handout.id';

export default {
  menu: 'Share and download',
  menu_download: 'Download',
  menu_pass: 'Share',
  menu_pdf: 'PDF',
  menu_pdf_note: 'A summary on one page, then all figures',
  menu_xlsx: 'Excel',
  menu_xlsx_note: 'All figures in a workbook',
  menu_pptx: 'PowerPoint',
  menu_pptx_note: 'Slides for a meeting, to be changed',
  menu_csv: 'CSV',
  menu_csv_note: 'To work on with other programs',
  menu_whatsapp_note: 'A short text for leaders',
  menu_mail: 'Send regularly by e-mail',
  menu_mail_note: 'Weekly or monthly, at 07:00',
  menu_print: 'Print this page',
  menu_print_note: 'As it is on the screen',
  whatsapp: 'WhatsApp',
  related: 'Related pages',
  subscriptions: 'E-mail subscriptions',
} satisfies Record<keyof typeof id, string>;
