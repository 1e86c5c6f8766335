package hallows.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A host whose only application sends notes from shard to shard, driven by hand.
final class Office {
    static final int CAPACITY = 8;

    final ManualWorld world = new ManualWorld();
    final List<Report> reports = new ArrayList<>();
    final List<Desk> desks = new ArrayList<>();
    final Channel<Note> notes =
            new Channel<>("notes", SchedulingClass.MESSAGING, CAPACITY, Note::new);

    /// What happens on a seat before a desk is there.
    Consumer<Seat> opening = _ -> {};

    /// Whether somebody else of the application is there, too, who sends no notes.
    boolean porter;

    Host start(int shards, Supervisor supervisor) {
        Application application =
                Application.named("post")
                        .memory(1 << 16)
                        .with(notes)
                        .supervised(supervisor)
                        .component("desk", Desk::new);
        if (porter) {
            application = application.component("porter", _ -> () -> {});
        }
        HostOptions options =
                HostOptions.shards(shards).memory(1 << 20, 1 << 16).reporting(reports::add);
        Host host = Host.start(world, options, List.of(application));
        world.settle();
        return host;
    }

    /// The desk that works on a shard now.
    Desk desk(int shard) {
        return desks.stream()
                .filter(desk -> desk.seat.shard() == shard)
                .reduce((_, newer) -> newer)
                .orElseThrow();
    }

    static Report.ComponentId id(int shard) {
        return new Report.ComponentId("post", "desk", shard);
    }

    static final class Note extends Message {
        int number;
        int discards;
        @Nullable MemoryRegion bytes;

        @Override
        protected void discarded() {
            discards++;
            if (bytes != null) {
                bytes.release();
                bytes = null;
            }
        }
    }

    /// Adds one to what it is asked, unless it holds it.
    final class Desk implements Component, Exchange<Note> {
        final Seat seat;
        final List<String> heard = new ArrayList<>();
        final List<String> answers = new ArrayList<>();
        final List<Note> held = new ArrayList<>();
        boolean holds;
        boolean lingers;
        boolean started;
        boolean closed;

        /// What happens when a note comes, and when an answer does.
        Consumer<Note> hearing = _ -> {};

        Consumer<Note> reading = _ -> {};
        private @Nullable Port<Note> port;

        Desk(Seat seat) {
            opening.accept(seat);
            this.seat = seat;
            desks.add(this);
        }

        @Override
        public void start() {
            started = true;
            port = seat.port(notes, this);
        }

        @Override
        public void stop(Promise<Result.Done> done) {
            if (!lingers) {
                done.complete(Result.Done.DONE);
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        Port<Note> port() {
            return Objects.requireNonNull(port);
        }

        Note claim(int owner) {
            return Objects.requireNonNull(port().claim(owner));
        }

        /// Asks an owner so often.
        void ask(int owner, int times) {
            for (int i = 0; i < times; i++) {
                port().ask(claim(owner));
            }
        }

        void fail() {
            seat.fail(new IllegalStateException("planted"));
        }

        @Override
        public void received(Note note) {
            Check.that(note.number >= 0, "numbers are not negative", note.number);
            heard.add(String.valueOf(note.number));
            hearing.accept(note);
            if (holds) {
                held.add(note);
            } else if (note.place == Message.Place.HELD) {
                note.number++;
                port().answer(note);
            }
        }

        @Override
        public void answered(Note note) {
            answers.add(note.hasFailed() ? "failed" : String.valueOf(note.number));
            note.number = 0;
            reading.accept(note);
        }
    }
}
