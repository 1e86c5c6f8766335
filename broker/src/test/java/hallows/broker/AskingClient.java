package hallows.broker;

import hallows.log.EpochEnd;
import hallows.log.TimeLookup;
import hallows.runtime.Alarm;
import hallows.runtime.Dice;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks where moments and epochs are, and for numbers of producers.
final class AskingClient implements Door.Client {
    private final List<PartitionLedger> ledgers;
    private final Dice dice;
    private final Set<Long> numbers = new HashSet<>();
    private @Nullable Door door;
    private @Nullable Alarm pause;

    AskingClient(List<PartitionLedger> ledgers, Dice dice) {
        this.ledgers = ledgers;
        this.dice = dice;
    }

    @Override
    public void enter(Door next) {
        door = next;
        Alarm alarm = next.alarm(this::ask);
        pause = alarm;
        ask();
    }

    private void ask() {
        Door here = Objects.requireNonNull(door);
        if (here.isStopping()) {
            return;
        }
        PartitionLedger ledger = ledgers.get(dice.below(ledgers.size()));
        switch (dice.below(5)) {
            case 0 -> number(here, ledger);
            case 1 -> epoch(here, ledger);
            case 2 -> moment(here, ledger, TimeLookup.LATEST, ledger.knownEnd());
            case 3 -> moment(here, ledger, TimeLookup.EARLIEST, 0);
            default -> time(here, ledger);
        }
    }

    private void again() {
        Objects.requireNonNull(pause).setAfterMillis(1 + dice.below(30));
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
                    again();
                    here.ended();
                });
    }

    private void epoch(Door here, PartitionLedger ledger) {
        int epoch = dice.oneIn(2) ? Integer.MAX_VALUE : 0;
        EpochSearch.Epoch asked = new EpochSearch.Epoch(ledger.id, epoch, -1);
        here.send(
                new EpochSearch(
                        List.of(asked),
                        here.once(_ -> {
                            if (asked.answer() instanceof EpochSearch.Answer.Found(EpochEnd end)
                                    && end.isKnown()
                                    && (end.epoch() != epoch || end.endOffset() < 0)) {
                                ledger.broken("epoch %d ended at %s".formatted(epoch, end));
                            }
                            again();
                        })));
    }

    /// One of them has a record of at least this time, in some order of producers.
    private void time(Door here, PartitionLedger ledger) {
        long offset = ledger.someOffset(dice.below(1 + (int) ledger.knownEnd()));
        moment(here, ledger, 1_000_000, offset < 0 ? -1 : 0);
    }

    private void moment(Door here, PartitionLedger ledger, long timestamp, long least) {
        OffsetSearch.Moment moment = new OffsetSearch.Moment(ledger.id, timestamp, -1);
        OffsetSearch.Sight[] sights = OffsetSearch.Sight.values();
        OffsetSearch.Sight sight = sights[dice.below(sights.length)];
        here.send(
                new OffsetSearch(
                        sight,
                        List.of(moment),
                        here.once(_ -> {
                            judge(ledger, moment, least);
                            again();
                        })));
    }

    private static void judge(PartitionLedger ledger, OffsetSearch.Moment moment, long least) {
        switch (moment.answer()) {
            case OffsetSearch.Answer.Found(TimeLookup.At at) -> {
                boolean wrong =
                        moment.timestamp() == TimeLookup.LATEST
                                ? at.offset() < least
                                : at.offset() != Math.max(0, least) && least >= 0;
                if (wrong) {
                    ledger.broken("%d is at %s, not %d".formatted(moment.timestamp(), at, least));
                }
            }
            case OffsetSearch.Answer.Nowhere _ -> {
                if (least >= 0) {
                    ledger.broken(moment.timestamp() + " is nowhere");
                }
            }
            case OffsetSearch.Answer.Refused _ -> {}
        }
    }
}
