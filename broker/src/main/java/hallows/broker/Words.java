package hallows.broker;

import hallows.runtime.Channel;
import hallows.runtime.Exchange;
import hallows.runtime.Port;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the homes and the owners of waiting fetches tell each other. Nobody keeps a word, so that
/// what is to be said waits for those who said something before, and for nothing else. Lives on its
/// shard.
final class Words extends Task implements Exchange<Word> {
    private final Partitions partitions;
    private final Port<Word> port;

    /// What is not said yet, by the shard that is to hear it.
    private final Map<Integer, ArrayDeque<Unsaid>> unsaid = new LinkedHashMap<>();

    /// @param portion which
    /// @param isAnswer whether it goes home; else it is to be answered soon
    private record Unsaid(Portion portion, boolean isAnswer) {
        /// Whether nobody has to hear it any more. Who answers is the last to know.
        boolean isVain() {
            return !isAnswer && portion.isHome();
        }
    }

    Words(Seat seat, Channel<Word> channel, Partitions partitions) {
        super(seat, SchedulingClass.MESSAGING);
        this.partitions = partitions;
        this.port = seat.port(channel, this);
        for (int shard : seat.shards()) {
            unsaid.put(shard, new ArrayDeque<>());
        }
    }

    /// Its owner is to answer a portion with what there is.
    void hurry(Portion portion) {
        say(portion.owner(), new Unsaid(portion, false));
    }

    /// Sends an answered portion home.
    void answer(Portion portion) {
        say(portion.homeShard(), new Unsaid(portion, true));
    }

    private void say(int shard, Unsaid what) {
        of(shard).addLast(what);
        wake();
    }

    private ArrayDeque<Unsaid> of(int shard) {
        return unsaid.computeIfAbsent(shard, _ -> new ArrayDeque<>());
    }

    @Override
    protected boolean run(Slice slice) {
        for (int shard : unsaid.keySet()) {
            if (!say(shard, slice)) {
                return true;
            }
        }
        return false;
    }

    /// Says what a shard is to hear, as far as there is room; false when the time is over.
    private boolean say(int shard, Slice slice) {
        ArrayDeque<Unsaid> left = of(shard);
        while (!left.isEmpty()) {
            if (left.getFirst().isVain()) {
                left.removeFirst();
                continue;
            }
            if (!slice.more()) {
                return false;
            }
            Word word = port.claim(shard);
            if (word == null) {
                port.whenRoom(shard, this);
                return true;
            }
            send(word, left.removeFirst());
        }
        return true;
    }

    private void send(Word word, Unsaid what) {
        if (what.isAnswer()) {
            word.answer(what.portion());
            port.tell(word);
        } else {
            word.hurry(what.portion());
            port.ask(word);
        }
    }

    @Override
    public void received(Word word) {
        if (word.isAnswer()) {
            word.take().cameHome();
        } else {
            partitions.hurry(word.portion());
            port.answer(word);
        }
    }

    /// It was heard. Or there is nobody any more who could hear it, or answer.
    @Override
    public void answered(Word word) {
        Portion portion = word.take();
        if (word.hasFailed()) {
            portion.failed();
        }
    }
}
