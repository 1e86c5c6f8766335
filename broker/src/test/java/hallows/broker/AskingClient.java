package hallows.broker;

import hallows.log.EpochEnd;
import hallows.log.TimeLookup;
import hallows.runtime.Alarm;
import hallows.runtime.Dice;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Asks where moments and epochs are, of one to four partitions, and for numbers of producers.
final class AskingClient implements Door.Client {
    private static final int PARTS_MAX = 4;

    private final List<PartitionLedger> ledgers;
    private final Dice dice;
    private final LongSupplier nanos;
    private final Set<Long> numbers = new HashSet<>();
    private @Nullable Door door;
    private @Nullable Alarm pause;

    /// Since when something is asked; none while it pauses.
    private @Nullable Long askedNanos;

    /// One thing that is asked.
    ///
    /// @param least where the answer is or may be at least; -1 where there may be none
    private record Moment(
            PartitionLedger ledger,
            OffsetSearch.Moment asked,
            PartitionEpochs.Belief belief,
            long least) {}

    /// The same of an epoch.
    private record Epoch(
            PartitionLedger ledger, EpochSearch.Epoch asked, PartitionEpochs.Belief belief) {}

    AskingClient(List<PartitionLedger> ledgers, Dice dice, LongSupplier nanos) {
        this.ledgers = ledgers;
        this.dice = dice;
        this.nanos = nanos;
    }

    @Override
    public void enter(Door next) {
        door = next;
        askedNanos = null;
        Alarm alarm = next.alarm(this::ask);
        pause = alarm;
        ask();
    }

    private void ask() {
        Door here = Objects.requireNonNull(door);
        if (here.isStopping()) {
            return;
        }
        askedNanos = nanos.getAsLong();
        switch (dice.below(4)) {
            case 0 -> number(here, ledgers.get(dice.below(ledgers.size())));
            case 1 -> epochs(here);
            default -> moments(here);
        }
    }

    private void again(Door from) {
        if (from == door) {
            askedNanos = null;
            Objects.requireNonNull(pause).setAfterMillis(1 + dice.below(30));
        }
    }

    /// Fails when it should have been answered, in a world without trouble.
    void expectNoDelay() {
        Long asked = askedNanos;
        if (asked != null && nanos.getAsLong() - asked > AskedFetch.PROMPT_NANOS) {
            ledgers.getFirst().broken("a question is not answered in its time");
        }
    }

    private void number(Door here, PartitionLedger ledger) {
        here.began();
        here.broker()
                .newProducerId(given -> {
                    switch (given) {
                        case Result.Ok<Long>(Long number) -> {
                            if (!numbers.add(number)) {
                                ledger.broken("two producers have the number " + number);
                            }
                        }
                        case Result.Failed<Long>(Fault why) -> ledger.broken(why.message());
                    }
                    again(here);
                    here.ended();
                });
    }

    private Set<PartitionLedger> some() {
        Set<PartitionLedger> some = new LinkedHashSet<>();
        for (int count = 1 + dice.below(PARTS_MAX); count > 0; count--) {
            some.add(ledgers.get(dice.below(ledgers.size())));
        }
        return some;
    }

    private PartitionEpochs.Belief belief(PartitionLedger ledger) {
        return dice.oneIn(4) ? ledger.epochs.wrong(dice) : ledger.epochs.right(dice);
    }

    private void epochs(Door here) {
        List<Epoch> epochs = new ArrayList<>();
        for (PartitionLedger ledger : some()) {
            int epoch = dice.oneIn(2) ? Integer.MAX_VALUE : 0;
            PartitionEpochs.Belief belief = belief(ledger);
            epochs.add(
                    new Epoch(
                            ledger,
                            new EpochSearch.Epoch(ledger.id, epoch, belief.epoch()),
                            belief));
        }
        here.send(
                new EpochSearch(
                        epochs.stream().map(Epoch::asked).toList(),
                        here.once(_ -> {
                            epochs.forEach(AskingClient::judge);
                            again(here);
                        })));
    }

    private static void judge(Epoch epoch) {
        PartitionLedger ledger = epoch.ledger;
        int asked = epoch.asked.epoch();
        switch (epoch.asked.answer()) {
            case EpochSearch.Answer.Found(EpochEnd end) -> {
                ledger.expectNone(ledger.epochs.served(epoch.belief));
                if (end.isKnown() && (end.epoch() != asked || end.endOffset() < 0)) {
                    ledger.broken("epoch %d ended at %s".formatted(asked, end));
                }
            }
            case EpochSearch.Answer.Refused(var why) ->
                    ledger.expectNone(ledger.epochs.refused(epoch.belief, why.error()));
        }
    }

    private void moments(Door here) {
        OffsetSearch.Sight[] sights = OffsetSearch.Sight.values();
        OffsetSearch.Sight sight = sights[dice.below(sights.length)];
        List<Moment> moments = new ArrayList<>();
        for (PartitionLedger ledger : some()) {
            moments.add(moment(ledger, sight));
        }
        here.send(
                new OffsetSearch(
                        sight,
                        moments.stream().map(Moment::asked).toList(),
                        here.once(_ -> {
                            moments.forEach(AskingClient::judge);
                            again(here);
                        })));
    }

    private Moment moment(PartitionLedger ledger, OffsetSearch.Sight sight) {
        return switch (dice.below(3)) {
            case 0 -> {
                boolean all = sight == OffsetSearch.Sight.WRITTEN;
                yield moment(
                        ledger, TimeLookup.LATEST, all ? ledger.writtenEnd() : ledger.knownEnd());
            }
            case 1 -> moment(ledger, TimeLookup.EARLIEST, 0);
            default -> {
                // One of them has a record of at least this time, in some order of producers.
                long offset = ledger.someOffset(dice.below(1 + (int) ledger.knownEnd()));
                yield moment(ledger, 1_000_000, offset < 0 ? -1 : 0);
            }
        };
    }

    private Moment moment(PartitionLedger ledger, long timestamp, long least) {
        PartitionEpochs.Belief belief = belief(ledger);
        return new Moment(
                ledger,
                new OffsetSearch.Moment(ledger.id, timestamp, belief.epoch()),
                belief,
                least);
    }

    private static void judge(Moment moment) {
        PartitionLedger ledger = moment.ledger;
        long least = moment.least;
        long timestamp = moment.asked.timestamp();
        switch (moment.asked.answer()) {
            case OffsetSearch.Answer.Found(TimeLookup.At at) -> {
                ledger.expectNone(ledger.epochs.served(moment.belief));
                boolean wrong =
                        timestamp == TimeLookup.LATEST
                                ? at.offset() < least
                                : at.offset() != Math.max(0, least) && least >= 0;
                if (wrong) {
                    ledger.broken("%d is at %s, not %d".formatted(timestamp, at, least));
                }
            }
            case OffsetSearch.Answer.Nowhere _ -> {
                ledger.expectNone(ledger.epochs.served(moment.belief));
                if (least >= 0) {
                    ledger.broken(timestamp + " is nowhere");
                }
            }
            case OffsetSearch.Answer.Refused(var why) ->
                    ledger.expectNone(ledger.epochs.refused(moment.belief, why.error()));
        }
    }
}
