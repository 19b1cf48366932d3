import { Route, Switch } from 'wouter';
import { useRights } from '../../desk/agent-context.tsx';
import { Empty } from '../../parts/empty.tsx';
import { LockIcon } from '../../parts/icons.tsx';
import { ConflictPage } from './conflict/conflict-page.tsx';
import { faqPaths } from './desk/faq-paths.ts';
import { PulseProvider } from './desk/pulse.tsx';
import { EditPage } from './editor/edit-page.tsx';
import { NewEntryPage } from './editor/new-entry-page.tsx';
import { ExchangePage } from './exchange/exchange-page.tsx';
import { DuplicatesPage } from './gaps/duplicates-page.tsx';
import { GapsPage } from './gaps/gaps-page.tsx';
import { EntriesPage } from './list/entries-page.tsx';

/** What answers when no model can: to read, to write, and to try out. */
export default function FaqPage() {
  const { isEditor } = useRights();
  if (!isEditor) {
    return (
      <Empty icon={<LockIcon size={24} />} title="The FAQ is kept by editors">
        Your role can’t change the written answers. Ask an admin if you should.
      </Empty>
    );
  }
  return (
    <PulseProvider>
      <Switch>
        <Route path={faqPaths.newRoute} component={NewEntryPage} />
        <Route path="/faq/entries/:id">{({ id }) => <EditPage key={id} entryId={decodeURIComponent(id)} />}</Route>
        <Route path="/faq/conflicts/:id">{({ id }) => <ConflictPage key={id} conflictId={decodeURIComponent(id)} />}</Route>
        <Route path={faqPaths.gaps} component={GapsPage} />
        <Route path={faqPaths.duplicates} component={DuplicatesPage} />
        <Route path={faqPaths.exchange} component={ExchangePage} />
        <Route component={EntriesPage} />
      </Switch>
    </PulseProvider>
  );
}
