package hallows.broker;

import hallows.model.Outcome;
import java.util.List;

/// Looks up the moments of one portion of a search, one after the other: however many it names, it
/// keeps one job busy, and others have their turns in between. Lives on their owner shard.
final class SearchRun {
    private final Partitions partitions;
    private final Portion portion;
    private final OffsetSearch search;
    private final List<OffsetSearch.Moment> moments;
    private int next;
    private boolean asking;
    private boolean looping;

    SearchRun(Partitions partitions, Portion portion, OffsetSearch search) {
        this.partitions = partitions;
        this.portion = portion;
        this.search = search;
        this.moments = portion.parts().stream().map(part -> (OffsetSearch.Moment) part).toList();
    }

    /// Looks up those that are left. An answer that comes at once comes back here while the loop is
    /// going on.
    void goOn() {
        if (looping) {
            return;
        }
        looping = true;
        while (next < moments.size() && !asking) {
            ask(moments.get(next));
        }
        looping = false;
    }

    private void ask(OffsetSearch.Moment moment) {
        asking = true;
        Partition partition = partitions.find(moment.partition());
        if (partition == null) {
            refused(Partitions.UNKNOWN);
        } else {
            partition.led(
                    moment.leaderEpoch(),
                    leader -> leader.reads().search(moment, search.sight(), this::came),
                    this::refused);
        }
    }

    private void refused(Outcome.Refused why) {
        came(new OffsetSearch.Answer.Refused(why));
    }

    private void came(OffsetSearch.Answer answer) {
        asking = false;
        moments.get(next++).answer(answer);
        partitions.answered(portion);
        goOn();
    }
}
