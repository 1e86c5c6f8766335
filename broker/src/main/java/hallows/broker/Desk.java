package hallows.broker;

import hallows.runtime.Channel;
import hallows.runtime.Exchange;
import hallows.runtime.Port;
import hallows.runtime.Seat;
import hallows.runtime.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where requests have their home: they are divided by the owners of their partitions, sent, and
/// gathered again. At most one hop out and one back. Lives on its shard.
final class Desk implements Exchange<Call> {
    private final Seat seat;
    private final Placement placement;
    private final Partitions partitions;
    private final Port<Call> port;

    /// For fetches, which may read from a slow disk: those who append do not wait for that.
    private final Port<Call> patient;

    private final Words words;

    /// The mail between the shards of a broker.
    ///
    /// @param calls requests, but for fetches
    /// @param fetches those, until they have to wait
    /// @param words what is said of those that wait
    record Mail(Channel<Call> calls, Channel<Call> fetches, Channel<Word> words) {}

    Desk(Seat seat, Placement placement, Mail mail, Partitions partitions) {
        this.seat = seat;
        this.placement = placement;
        this.partitions = partitions;
        this.words = new Words(seat, mail.words(), partitions);
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
        return send(gathering, divided(gathering), null);
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
            return List.of(portion(gathering, first, parts));
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
                portions.add(portion(gathering, owner, theirs));
            }
        }
        return portions;
    }

    private Portion portion(Gathering gathering, int owner, List<? extends Request.Part> parts) {
        return new Portion(gathering, seat.shard(), owner, parts);
    }

    private int owner(Request.Part part) {
        return placement.ownerOf(part.partition());
    }

    private boolean send(Gathering gathering, List<Portion> portions, @Nullable Task asker) {
        Port<Call> way = way(gathering.request());
        List<Call> calls = new ArrayList<>(portions.size());
        for (Portion portion : portions) {
            if (portion.staysAtHome()) {
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
            if (portion.staysAtHome()) {
                partitions.handle(portion);
            }
        }
        return true;
    }

    private Port<Call> way(Request request) {
        return request instanceof Fetch ? patient : port;
    }

    /// Asks the owner of a portion to answer with what there is, if it waits.
    void hurry(Portion portion) {
        if (portion.staysAtHome()) {
            partitions.hurry(portion);
        } else if (portion.canBeHurried()) {
            words.hurry(portion);
        }
    }

    /// A portion from another shard, for partitions of this one.
    @Override
    public void received(Call call) {
        Portion portion = call.portion();
        portion.cameIn(call);
        partitions.handle(portion);
    }

    /// A portion waits here, perhaps for long: not with mail that others need.
    void keep(Portion portion) {
        Call call = portion.takeCall();
        if (call != null) {
            call.leaveBehind();
            way(portion.request()).answer(call);
        }
    }

    /// All parts of a portion are answered, here.
    void answer(Portion portion) {
        Call call = portion.takeCall();
        if (call != null) {
            way(portion.request()).answer(call);
        } else if (portion.staysAtHome()) {
            portion.cameHome();
        } else {
            words.answer(portion);
        }
    }

    @Override
    public void answered(Call call) {
        Portion portion = call.portion();
        boolean empty = call.isEmpty();
        call.clear();
        if (call.hasFailed()) {
            portion.failed();
        } else if (empty) {
            portion.isKept();
        } else {
            portion.cameHome();
        }
    }
}
