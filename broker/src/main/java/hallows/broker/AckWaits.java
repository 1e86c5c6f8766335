package hallows.broker;

import hallows.model.Outcome;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// Batches that are in a log and count as appended once one of its ends has passed them. They are
/// answered in the order in which they came. Lives on their owner shard.
final class AckWaits {
    private final ArrayDeque<Wait> waits = new ArrayDeque<>();

    /// How many have been answered since they were last sorted out, at least of those that are
    /// still here.
    private int answered;

    /// @param end the offset after its last record
    /// @param batch whose it is
    /// @param portion in which it came
    /// @param placed where it is
    record Wait(long end, Append.Batch batch, Portion portion, Appended.Placed placed) {
        Wait endingAt(long later) {
            return new Wait(later, batch, portion, placed);
        }
    }

    /// One more. A duplicate, which has an earlier place, waits for those that came before it.
    void add(Wait wait) {
        Wait last = waits.peekLast();
        waits.addLast(last == null || last.end() <= wait.end() ? wait : wait.endingAt(last.end()));
    }

    /// One of them was answered elsewhere, or none: when that may be half of them, those are
    /// dropped. An end that stands still would keep them for ever.
    void gaveUp() {
        answered++;
        if (2 * answered >= waits.size()) {
            waits.removeIf(wait -> wait.batch().isAnswered());
            answered = 0;
        }
    }

    /// How many there are, answered ones too.
    int size() {
        return waits.size();
    }

    /// All below an offset count now; those that have no answer yet are told of.
    void passed(long offset, Consumer<Wait> told) {
        for (Wait first = waits.peekFirst();
                first != null && first.end() <= offset;
                first = waits.peekFirst()) {
            waits.removeFirst();
            if (!first.batch().isAnswered()) {
                told.accept(first);
            }
        }
    }

    /// Nothing from an offset on will ever count.
    void lost(long from, Outcome.Refused why, Consumer<Portion> answered) {
        ArrayDeque<Wait> lost = new ArrayDeque<>();
        while (!waits.isEmpty() && waits.getLast().end() > from) {
            lost.addFirst(waits.removeLast());
        }
        // When they are out: whoever is told may bring the next one.
        lost.forEach(wait -> refuse(wait, why, answered));
    }

    private static void refuse(Wait wait, Outcome.Refused why, Consumer<Portion> answered) {
        if (!wait.batch().isAnswered()) {
            wait.batch().refuse(why);
            answered.accept(wait.portion());
        }
    }
}
