package hallows.broker;

import hallows.runtime.Channel;
import hallows.runtime.Exchange;
import hallows.runtime.Port;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.Slice;
import hallows.runtime.Task;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Where requests have their home: they are divided by the owners of their partitions, sent, and
/// gathered again. At most one hop out and one back. Lives on its shard.
final class Desk implements Exchange<Call> {
    private final Seat seat;
    private final Placement placement;
    private final Partitions partitions;
    private final Port<Call> port;

    /// For fetches, which may keep their mail for as long as they wait: nobody else waits for that.
    private final Port<Call> patient;

    private final Words words;

    /// The mail between the shards of a broker.
    ///
    /// @param calls what is answered soon
    /// @param fetches and what may wait
    record Mail(Channel<Call> calls, Channel<Call> fetches) {}

    Desk(Seat seat, Placement placement, Mail mail, Partitions partitions) {
        this.seat = seat;
        this.placement = placement;
        this.partitions = partitions;
        this.words = new Words();
        this.port = seat.port(mail.calls(), this);
        this.patient = seat.port(mail.fetches(), this);
    }

    /// Takes a request in; false when the way to one of the owners is full.
    boolean submit(Request request, Task asker) {
        if (request.parts().isEmpty()) {
            request.answered();
            return true;
        }
        Gathering gathering =
                request instanceof Fetch fetch
                        ? fetch.gatheredBy(new FetchGathering(fetch, this, seat.clock().nanos()))
                        : new Gathering(request);
        return send(gathering, divided(gathering), asker);
    }

    /// Sends the portions of a fetch again; false when that cannot be now.
    boolean sendAgain(FetchGathering gathering) {
        // What was not said yet is not meant for this time.
        words.forget(gathering.portions());
        return send(gathering, gathering.portions(), null);
    }

    /// By owner; one after the other in the order of their first parts.
    private List<Portion> divided(Gathering gathering) {
        List<? extends Request.Part> parts = gathering.request().parts();
        int first = owner(parts.getFirst());
        boolean alone = true;
        for (int i = 1; i < parts.size() && alone; i++) {
            alone = owner(parts.get(i)) == first;
        }
        if (alone) {
            return List.of(new Portion(gathering, first, parts));
        }
        List<Portion> portions = new ArrayList<>();
        for (int owner : seat.shards()) {
            List<Request.Part> theirs = new ArrayList<>();
            for (Request.Part part : parts) {
                if (owner(part) == owner) {
                    theirs.add(part);
                }
            }
            if (!theirs.isEmpty()) {
                portions.add(new Portion(gathering, owner, theirs));
            }
        }
        return portions;
    }

    private int owner(Request.Part part) {
        return placement.ownerOf(part.partition());
    }

    private boolean send(Gathering gathering, List<Portion> portions, @Nullable Task asker) {
        Port<Call> way = way(gathering.request());
        List<Call> calls = new ArrayList<>(portions.size());
        for (Portion portion : portions) {
            if (portion.owner() == seat.shard()) {
                continue;
            }
            Call call = way.claim(portion.owner());
            if (call == null) {
                calls.forEach(way::unclaim);
                if (asker != null) {
                    way.whenRoom(portion.owner(), asker);
                }
                return false;
            }
            call.carry(portion);
            calls.add(call);
        }
        gathering.begin(portions);
        calls.forEach(way::ask);
        // At last, for it may be answered before this returns.
        for (Portion portion : portions) {
            if (portion.owner() == seat.shard()) {
                partitions.handle(portion);
            }
        }
        return true;
    }

    private Port<Call> way(Request request) {
        return request instanceof Fetch ? patient : port;
    }

    /// Asks the owners of what is still underway to answer with what there is.
    void hurry(List<Portion> portions) {
        Portion here = null;
        for (Portion portion : portions) {
            if (portion.owner() == seat.shard()) {
                here = portion;
            } else if (!portion.isHome()) {
                words.add(portion);
            }
        }
        // At last, for it may be the last that was missing, and all be sent again.
        if (here != null && !here.isHome()) {
            partitions.hurry(here);
        }
    }

    /// A portion from another shard, for partitions of this one.
    @Override
    public void received(Call call) {
        Portion portion = call.portion();
        if (call.isWord()) {
            partitions.hurry(portion);
        } else {
            portion.cameIn(call);
            partitions.handle(portion);
        }
    }

    /// All parts of a portion are answered, here.
    void answer(Portion portion) {
        Call call = portion.takeCall();
        if (call == null) {
            portion.gathering().cameHome(portion);
        } else {
            way(portion.request()).answer(call);
        }
    }

    @Override
    public void answered(Call call) {
        Portion portion = call.portion();
        if (call.hasFailed()) {
            portion.fail();
        }
        call.clear();
        portion.gathering().cameHome(portion);
    }

    /// Words that are to be passed on, each when there is room.
    private final class Words extends Task {
        private final SequencedSet<Portion> waiting = new LinkedHashSet<>();

        Words() {
            super(seat, SchedulingClass.MESSAGING);
        }

        void add(Portion portion) {
            waiting.add(portion);
            wake();
        }

        void forget(List<Portion> portions) {
            portions.forEach(waiting::remove);
        }

        @Override
        protected boolean run(Slice slice) {
            waiting.removeIf(portion -> portion.isHome() || pass(portion));
            return false;
        }

        private boolean pass(Portion portion) {
            Call word = patient.claim(portion.owner());
            if (word == null) {
                patient.whenRoom(portion.owner(), this);
                return false;
            }
            word.carryWord(portion);
            patient.tell(word);
            return true;
        }
    }
}
