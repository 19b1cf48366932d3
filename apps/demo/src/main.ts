import { showQuestions } from './questions';
import { startRemoteControl } from './remote-control';

const snippet = document.querySelector('#snippet');
if (snippet !== null) snippet.textContent = `<script async src="${location.origin}/widget.js" data-site="default"></script>`;

void showQuestions();
void startRemoteControl();
