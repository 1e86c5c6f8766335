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
    private static final int UNLIMITED = 1 << 20;
    private static final long NANOS_IN_MILLI = 1_000_000;

    /// In a calm world nobody needs longer than this for what is there.
    private static final long PROMPT_NANOS = 400 * NANOS_IN_MILLI;

    private final List<PartitionLedger> ledgers;
    private final Dice dice;
    private final LongSupplier nanos;
    private final Patience patience;
    private final Map<PartitionLedger, PartitionView> views = new LinkedHashMap<>();
    private @Nullable Door door;
    private @Nullable Alarm pause;
    private @Nullable Asked asked;

    /// What is underway.
    private record Asked(
            Fetch.Limits limits,
            List<Fetch.Position> positions,
            List<PartitionView> of,
            long atNanos) {
        boolean isOver(long nowNanos) {
            return nowNanos - atNanos > limits.waitMillis() * NANOS_IN_MILLI + PROMPT_NANOS;
        }
    }

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
                .allMatch(ledger -> view(ledger).next() >= ledger.knownEnd());
    }

    private PartitionView view(PartitionLedger ledger) {
        return views.computeIfAbsent(ledger, PartitionView::new);
    }

    private void fetch() {
        Door here = Objects.requireNonNull(door);
        if (here.isStopping()) {
            return;
        }
        List<PartitionView> wanted = new ArrayList<>();
        for (PartitionLedger ledger : ledgers) {
            if (!ledger.isDeleted() && dice.below(4) > 0) {
                wanted.add(dice.below(wanted.size() + 1), view(ledger));
            }
        }
        if (wanted.isEmpty()) {
            again();
            return;
        }
        Fetch.Limits limits = limits();
        List<Fetch.Position> positions = new ArrayList<>();
        for (PartitionView view : wanted) {
            int most = dice.oneIn(4) ? 1 + dice.below(1_000) : UNLIMITED;
            positions.add(
                    new Fetch.Position(
                            view.ledger().id, new Fetch.Position.Place(view.next(), most, -1, -1)));
        }
        asked = new Asked(limits, positions, wanted, nanos.getAsLong());
        here.send(new Fetch(limits, positions, here.once(fetch -> answered(here, fetch))));
    }

    private Fetch.Limits limits() {
        int least = dice.oneIn(3) ? 1 + dice.below(3_000) : 1;
        int most = dice.oneIn(3) ? 1 + dice.below(3_000) : UNLIMITED;
        int waitMillis = patience.calm && dice.oneIn(2) ? 5_000 : dice.below(200);
        return new Fetch.Limits(
                least,
                most,
                waitMillis,
                dice.oneIn(2) ? Isolation.COMMITTED : Isolation.UNCOMMITTED);
    }

    private void answered(Door from, Fetch fetch) {
        Asked question = Objects.requireNonNull(asked);
        if (from == door) {
            judge(from, question, fetch);
        }
        from.began();
        take(from, question, fetch, 0);
    }

    private void judge(Door from, Asked question, Fetch fetch) {
        long bytes = 0;
        int full = 0;
        boolean urgent = false;
        for (Fetch.Position position : fetch.parts()) {
            bytes += position.bytes();
            full += position.bytes() > 0 ? 1 : 0;
            urgent |= position.isUrgent();
        }
        PartitionLedger first = question.of.getFirst().ledger();
        Fetch.Limits limits = fetch.limits();
        if (bytes > limits.bytesMax() && full > 1) {
            first.broken(bytes + " bytes for a fetch of " + limits.bytesMax());
        }
        if (bytes < wanted(limits) && isUnlimited(question) && !urgent && !from.isStopping()) {
            expectNotEarly(question, bytes);
        }
    }

    /// Nobody is content with fewer bytes than were wanted before the time is over.
    private void expectNotEarly(Asked question, long bytes) {
        Fetch.Limits limits = question.limits;
        long spent = nanos.getAsLong() - question.atNanos;
        boolean early = spent < (limits.waitMillis() - 5) * NANOS_IN_MILLI;
        if (early && !patience.narrow) {
            PartitionLedger first = question.of.getFirst().ledger();
            first.broken(
                    "%d of %d bytes are answered before their time: %d us"
                            .formatted(bytes, wanted(limits), spent / 1_000));
        }
    }

    private static int wanted(Fetch.Limits limits) {
        return Math.min(limits.bytesMin(), limits.bytesMax());
    }

    /// Takes the answers of all positions from one on, one after the other.
    private void take(Door from, Asked question, Fetch fetch, int index) {
        if (index == fetch.parts().size()) {
            taken(from);
            return;
        }
        Runnable next = () -> take(from, question, fetch, index + 1);
        PartitionView view = question.of.get(index);
        Fetch.Position position = fetch.parts().get(index);
        switch (position.outcome()) {
            case Fetched.Batches batches ->
                    copied(
                            from,
                            batches.bytes(),
                            copy -> {
                                read(copy, most(fetch, position), batches.marks(), view);
                                next.run();
                            });
            case Fetched.Nothing _ -> next.run();
            case Fetched.Diverged diverged -> {
                view.ledger().broken("nobody has diverged: " + diverged);
                next.run();
            }
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

    private static int most(Fetch fetch, Fetch.Position position) {
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
        Asked question = asked;
        long now = nanos.getAsLong();
        if (question == null || now - question.atNanos < PROMPT_NANOS) {
            return;
        }
        PartitionLedger first = question.of.getFirst().ledger();
        if (question.isOver(now)) {
            first.broken("a fetch is not answered in its time");
        }
        long there = 0;
        for (int i = 0; i < question.of.size(); i++) {
            PartitionView view = question.of.get(i);
            there +=
                    Math.min(
                            question.positions.get(i).place().bytesMax(),
                            view.ledger().visibleFrom(view.next(), now - PROMPT_NANOS));
        }
        if (there >= wanted(question.limits) && isUnlimited(question)) {
            first.broken("nobody wakes a fetch for which %d bytes are there".formatted(there));
        }
    }

    /// Where there are limits a reader may have to wait although there is enough without them.
    private static boolean isUnlimited(Asked question) {
        return question.limits.bytesMin() == 1
                || (question.limits.bytesMax() == UNLIMITED
                        && question.positions.stream()
                                .allMatch(each -> each.place().bytesMax() == UNLIMITED));
    }

    @Override
    public String toString() {
        return "reader of "
                + views.values().stream().map(view -> view.ledger() + " at " + view.next()).toList()
                + (asked == null ? "" : " waits " + asked.limits);
    }
}
