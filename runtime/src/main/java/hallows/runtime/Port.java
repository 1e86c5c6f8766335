package hallows.runtime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// A component's end of a channel on its shard: it sends from here, and mail arrives here.
///
/// @param <M> the message
public final class Port<M extends Message> extends Task {
    /// How many messages of one source are handled before the next source has its turn.
    private static final int BURST = 64;

    private final Shard shard;
    private final @Nullable Mailbox<M>[] out;
    private final @Nullable Mailbox<M>[] in;
    private final DelayHistogram delays;
    private @Nullable Exchange<M> exchange;

    /// Who waits for room, by owner.
    private final List<SequencedSet<Task>> waiting = new ArrayList<>();

    private boolean closed;
    private int incarnation;
    private int turn;

    Port(Shard shard, Channel<M> channel, Lines<M> lines) {
        super(shard.scheduler().queue(channel.runsIn()), Priority.NORMAL);
        this.shard = shard;
        this.out = lines.from(shard.index());
        this.in = lines.to(shard.index());
        this.delays = shard.scheduler().queue(channel.runsIn()).counters().delays();
        for (int owner = 0; owner < out.length; owner++) {
            waiting.add(new LinkedHashSet<>());
        }
    }

    /// A message to fill for `owner`, or null when all are underway: stop taking in work, and see
    /// [#whenRoom].
    public @Nullable M claim(int owner) {
        Mailbox<M> box = box(out, owner);
        return box.claim();
    }

    /// Sends a message that needs no answer.
    public void tell(M message) {
        send(message, Message.Place.TOLD);
    }

    /// Sends a message whose answer comes to [Exchange#answered].
    public void ask(M message) {
        send(message, Message.Place.ASKED);
    }

    /// Sends an asked message home, with whatever was written into it. On the owner, once. A
    /// component that has failed answers nothing any more: what it held has gone home.
    public void answer(M message) {
        if (exchange == null) {
            return;
        }
        Check.that(message.place == Message.Place.HELD, "only an asked message is answered");
        message.place = Message.Place.ASKED;
        sendHome(box(in, message.sender()), message);
    }

    /// Puts back a message that was claimed and is not needed.
    public void unclaim(M message) {
        Check.that(message.place == Message.Place.CLAIMED, "only a claimed message is put back");
        box(out, message.owner()).restock(message);
        if (!waiting.get(message.owner()).isEmpty()) {
            wake();
        }
    }

    /// Wakes `task` once when there is room for a message to `owner`. Those who wait are woken in
    /// their order while there is room; who finds none any more waits again.
    public void whenRoom(int owner, Task task) {
        if (box(out, owner).hasRoom()) {
            task.wake();
        } else {
            waiting.get(owner).add(task);
        }
    }

    /// Whether something has come that nobody has looked at. Any order of shards.
    boolean hasMail() {
        if (exchange == null && !closed) {
            return false;
        }
        for (int i = 0; i < in.length; i++) {
            Mailbox<M> to = in[i];
            if (to != null && !to.there.isEmpty()) {
                return true;
            }
            Mailbox<M> from = out[i];
            if (from != null && !from.back.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /// From now on `next` handles the mail, for the component that sits on `seat`.
    void attach(Seat seat, Exchange<M> next) {
        Check.that(exchange == null, "a port has one exchange");
        sitOn(seat);
        exchange = next;
        closed = false;
        incarnation++;
    }

    /// The component has gone: what it held is answered as failed. What comes waits for the next
    /// one.
    void detach() {
        exchange = null;
        sitOn(null);
        waiting.forEach(SequencedSet::clear);
        for (Mailbox<M> box : in) {
            if (box != null && box.failHeld() > 0) {
                shard.wrote(box.back, box.sender());
            }
        }
    }

    /// There will be no next one, unless another component has taken the port meanwhile.
    void closeIfVacant() {
        if (exchange == null) {
            close();
        }
    }

    /// There will be no next one: what has come and will come is answered as failed.
    void close() {
        detach();
        closed = true;
        bounce();
    }

    /// Handles mail that nobody will read; returns how much.
    int bounce() {
        int bounced = 0;
        for (int i = 0; i < in.length; i++) {
            Mailbox<M> to = in[i];
            Mailbox<M> from = out[i];
            if (to != null && from != null) {
                int failed = to.bounce();
                if (failed > 0) {
                    // Only then: two shards that always woke each other would never sleep.
                    shard.wrote(to.back, i);
                }
                bounced += failed + from.forget();
            }
        }
        return bounced;
    }

    @Override
    protected boolean run(Slice slice) {
        Exchange<M> handler = exchange;
        if (handler == null) {
            slice.spend(closed ? bounce() : 0);
            return false;
        }
        // Answers before questions: they free stock and finish work that was begun. Each handler
        // may be the last: a component that fails in one gets no more.
        for (int owner = 0; owner < out.length; owner++) {
            if (!takeAnswers(owner, handler, slice)) {
                return true;
            }
        }
        boolean left = takeQuestions(handler, slice);
        return wakeWhileRoom() || left;
    }

    private boolean takeAnswers(int owner, Exchange<M> handler, Slice slice) {
        Mailbox<M> box = out[owner];
        SequencedSet<Task> tasks = waiting.get(owner);
        while (box != null && exchange != null && !box.back.isEmpty()) {
            if (!slice.more()) {
                return false;
            }
            M message = box.takeBack();
            try {
                if (message != null) {
                    takeAnswer(message, handler);
                }
            } finally {
                if (message != null) {
                    box.restock(message);
                }
                wakeNext(tasks);
            }
        }
        return true;
    }

    private void takeAnswer(M message, Exchange<M> handler) {
        if (message.incarnation != incarnation || message.place == Message.Place.TOLD) {
            message.discarded();
        } else {
            handler.answered(message);
        }
    }

    /// Whether somebody is left who waits.
    private static boolean wakeNext(SequencedSet<Task> tasks) {
        if (tasks.isEmpty()) {
            return false;
        }
        tasks.removeFirst().wake();
        return !tasks.isEmpty();
    }

    /// Whoever was woken for room may have taken none; the next one must not wait for ever. Whether
    /// somebody is left who waits for room that is there.
    private boolean wakeWhileRoom() {
        boolean left = false;
        for (int owner = 0; owner < out.length; owner++) {
            Mailbox<M> box = out[owner];
            if (box != null && box.hasRoom()) {
                left |= wakeNext(waiting.get(owner));
            }
        }
        return left;
    }

    private boolean takeQuestions(Exchange<M> handler, Slice slice) {
        int sources = in.length;
        boolean left = false;
        turn = turn + 1 < sources ? turn + 1 : 0;
        for (int i = 0; i < sources && exchange != null; i++) {
            int source = turn + i < sources ? turn + i : turn + i - sources;
            Mailbox<M> box = in[source];
            if (box != null) {
                left |= takeFrom(box, handler, slice);
            }
        }
        return left;
    }

    /// Whether some are left.
    private boolean takeFrom(Mailbox<M> box, Exchange<M> handler, Slice slice) {
        if (box.there.isEmpty()) {
            return false;
        }
        for (int n = 0; n < BURST; n++) {
            if (exchange == null || box.there.isEmpty()) {
                return false;
            }
            if (!slice.more()) {
                return true;
            }
            receive(box, handler);
        }
        return true;
    }

    private void receive(Mailbox<M> box, Exchange<M> handler) {
        M message = box.take();
        delays.record(shard.nanos() - message.sentNanos);
        if (message.place == Message.Place.ASKED) {
            // A component that fails here fails with everything it holds, this message too.
            message.place = Message.Place.HELD;
            handler.received(message);
        } else {
            try {
                handler.received(message);
            } finally {
                box.heard(message);
                shard.wrote(box.back, box.sender());
            }
        }
    }

    private void send(M message, byte as) {
        message.sentNanos = shard.nanos();
        message.incarnation = incarnation;
        Mailbox<M> box = box(out, message.owner());
        box.send(message, as);
        shard.wrote(box.there, message.owner());
    }

    private void sendHome(Mailbox<M> box, M message) {
        box.sendHome(message);
        shard.wrote(box.back, box.sender());
    }

    private static <M extends Message> Mailbox<M> box(@Nullable Mailbox<M>[] boxes, int index) {
        Mailbox<M> box = boxes[index];
        if (box == null) {
            throw new BrokenInvariant("mail stays within the application's shards (" + index + ")");
        }
        return box;
    }
}
