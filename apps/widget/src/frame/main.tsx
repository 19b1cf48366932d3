import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './frame.css';
import { createHostStore } from './host/host-store.ts';

const search = new URLSearchParams(location.search);
const root = document.getElementById('root');
if (root) createRoot(root).render(<App host={createHostStore(search)} site={search.get('site') ?? 'default'} />);
