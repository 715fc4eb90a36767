import { startDrawings } from './drawing.ts';
import { all } from './elements.ts';
import { startFindings } from './findings.ts';
import { startPanel } from './panel.ts';
import { startPrint } from './print.ts';
import { startReveal } from './reveal.ts';
import { startTheme } from './theme.ts';

// Without this script the page is whole, and has no tools.
for (const element of all<HTMLElement>('.only-script')) element.hidden = false;
startTheme();
startPanel();
startDrawings();
startFindings();
startPrint();
startReveal();
