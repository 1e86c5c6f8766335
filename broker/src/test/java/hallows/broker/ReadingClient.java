package hallows.broker;

import hallows.log.Isolation;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.runtime.Alarm;
import hallows.runtime.Dice;
import hallows.runtime.FileRegion;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Reads some partitions from their beginnings on, and goes on for ever.
final class ReadingClient implements Door.Client {
    private final List<PartitionLedger> ledgers;
    private final Dice dice;
    private final LongSupplier nanos;
    private final Patience patience;
    private final Map<PartitionLedger, PartitionView> views = new LinkedHashMap<>();
    private @Nullable Door door;
    private @Nullable Alarm pause;
    private @Nullable AskedFetch asked;

    /// What it puts up with.
    ///
    /// @param calm whether whatever takes long is a fault
    /// @param narrow whether it may be answered early
    record Patience(boolean calm, boolean narrow) {}

    /// @param ledgers of all partitions that there are, and will be
    ReadingClient(List<PartitionLedger> ledgers, Dice dice, LongSupplier nanos, Patience patience) {
        this.ledgers = ledgers;
        this.dice = dice;
        this.nanos = nanos;
        this.patience = patience;
    }

    @Override
    public void enter(Door next) {
        door = next;
        asked = null;
        if (dice.oneIn(3)) {
            views.clear();
        }
        Alarm alarm = next.alarm(this::fetch);
        pause = alarm;
        fetch();
    }

    /// From the beginnings once more.
    void readAgain() {
        views.clear();
    }

    /// Whether it has seen what was promised.
    boolean hasReadAll() {
        return ledgers.stream()
                .filter(ledger -> !ledger.isDeleted())
                .allMatch(ledger -> view(ledger).next() >= ledger.writtenEnd());
    }

    private PartitionView view(PartitionLedger ledger) {
        return views.computeIfAbsent(ledger, PartitionView::new);
    }

    private void fetch() {
        Door here = Objects.requireNonNull(door);
        if (here.isStopping()) {
            return;
        }
        boolean liar = dice.oneIn(8);
        List<AskedFetch.Wanted> wanted = new ArrayList<>();
        for (PartitionLedger ledger : ledgers) {
            if (!ledger.isDeleted() && dice.below(4) > 0) {
                wanted.add(dice.below(wanted.size() + 1), wanted(view(ledger), liar));
            }
        }
        if (wanted.isEmpty()) {
            again();
            return;
        }
        AskedFetch fetch = new AskedFetch(limits(), wanted, nanos.getAsLong());
        asked = fetch;
        here.send(
                new Fetch(
                        fetch.limits(), fetch.positions(), here.once(_ -> answered(here, fetch))));
    }

    private AskedFetch.Wanted wanted(PartitionView view, boolean liar) {
        PartitionEpochs epochs = view.ledger().epochs;
        boolean lies = liar && dice.oneIn(2);
        PartitionEpochs.Belief belief =
                lies && dice.oneIn(2) ? epochs.wrong(dice) : epochs.right(dice);
        int most = dice.oneIn(4) ? 1 + dice.below(1_000) : AskedFetch.UNLIMITED;
        Fetch.Position.Place place =
                new Fetch.Position.Place(
                        view.next(), most, belief.epoch(), view.lastEpoch(dice, lies));
        return new AskedFetch.Wanted(view, new Fetch.Position(view.ledger().id, place), belief);
    }

    private Fetch.Limits limits() {
        int least = dice.oneIn(3) ? 1 + dice.below(3_000) : 1;
        int most = dice.oneIn(3) ? 1 + dice.below(3_000) : AskedFetch.UNLIMITED;
        int waitMillis = patience.calm && dice.oneIn(2) ? 5_000 : dice.below(200);
        return new Fetch.Limits(
                least,
                most,
                waitMillis,
                dice.oneIn(2) ? Isolation.COMMITTED : Isolation.UNCOMMITTED);
    }

    private void answered(Door from, AskedFetch fetch) {
        if (from == door) {
            fetch.judge(nanos.getAsLong(), patience.narrow || from.isStopping());
        }
        from.began();
        take(from, fetch, 0);
    }

    /// Takes the answers of all positions from one on, one after the other.
    private void take(Door from, AskedFetch fetch, int index) {
        if (index == fetch.wanted().size()) {
            taken(from);
            return;
        }
        Runnable next = () -> take(from, fetch, index + 1);
        PartitionView view = fetch.wanted().get(index).view();
        Fetch.Position position = fetch.wanted().get(index).position();
        switch (position.outcome()) {
            case Fetched.Batches batches ->
                    copied(
                            from,
                            batches.bytes(),
                            copy -> {
                                read(copy, most(fetch, position), batches.marks(), view);
                                next.run();
                            });
            case Fetched.Nothing _, Fetched.Diverged _ -> next.run();
            case Fetched.Refused(Outcome.Refused why) -> {
                refused(view, why);
                next.run();
            }
        }
    }

    private void taken(Door from) {
        if (from == door) {
            asked = null;
            again();
        }
        from.ended();
    }

    private static int most(AskedFetch fetch, Fetch.Position position) {
        return Math.min(fetch.limits().bytesMax(), position.place().bytesMax());
    }

    /// Releases a region as soon as its bytes are here.
    private static void copied(Door from, Region region, Consumer<ByteBuffer> then) {
        switch (region) {
            case MemoryRegion memory -> {
                ByteBuffer copy = ByteBuffer.allocate((int) memory.length());
                copy.put(memory.buffer()).flip();
                memory.release();
                then.accept(copy);
            }
            case FileRegion file ->
                    from.seat()
                            .away(() -> {
                                ByteBuffer copy = ByteBuffer.allocate((int) file.length());
                                file.file().read(file.position(), copy);
                                file.release();
                                return copy.flip();
                            })
                            .then(then);
        }
    }

    private void read(ByteBuffer bytes, int most, Fetched.Marks marks, PartitionView view) {
        if (bytes.remaining() > Math.max(most, PartitionView.firstBytes(bytes))) {
            view.ledger().broken(bytes.remaining() + " bytes instead of at most " + most);
        }
        if (views.get(view.ledger()) == view) {
            view.read(bytes, marks);
        }
    }

    private static void refused(PartitionView view, Outcome.Refused why) {
        switch (why.error()) {
            case UNKNOWN_TOPIC_OR_PARTITION,
                    NOT_LEADER_OR_FOLLOWER,
                    KAFKA_STORAGE_ERROR,
                    FENCED_LEADER_EPOCH,
                    UNKNOWN_LEADER_EPOCH,
                    CORRUPT_MESSAGE -> {}
            default -> view.ledger().broken("no reader is refused like this: " + why);
        }
        if (why.error() == ErrorCode.OFFSET_OUT_OF_RANGE) {
            view.ledger().broken("what was seen is taken back");
        }
    }

    private void again() {
        Objects.requireNonNull(pause).setAfterMillis(1 + dice.below(20));
    }

    /// Fails when somebody could have been answered, and was not.
    void expectNoDelay() {
        AskedFetch fetch = asked;
        if (fetch != null) {
            fetch.expectNoDelay(nanos.getAsLong());
        }
    }

    @Override
    public String toString() {
        return "reader of "
                + views.values().stream().map(view -> view.ledger() + " at " + view.next()).toList()
                + (asked == null ? "" : " waits " + asked.limits());
    }
}
