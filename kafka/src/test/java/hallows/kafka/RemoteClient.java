package hallows.kafka;

import hallows.runtime.Alarm;
import hallows.runtime.Fault;
import hallows.runtime.Link;
import hallows.runtime.LinkHandler;
import hallows.runtime.Network;
import hallows.runtime.Seat;
import hallows.runtime.Security;
import hallows.simulation.SeededDice;
import org.jspecify.annotations.Nullable;

/// Somebody who comes back whenever his connection has ended.
abstract class RemoteClient implements Network.Caller {
    private static final int PAUSE_LOOKS = 8;
    private static final int LOOKS = 4;

    /// They look all at the same times, or somebody would be about at each.
    private static final long LOOK_NANOS = 8_000_000;

    private final Site site;
    private final Alarm alarm;
    private @Nullable Line line;

    /// Where a client is.
    ///
    /// @param seat where he lives
    /// @param dice what he does
    /// @param service who serves him
    /// @param dribbles whether his requests go out in small pieces
    record Site(Seat seat, SeededDice dice, Service service, boolean dribbles) {}

    RemoteClient(Site site) {
        this.site = site;
        this.alarm = site.seat.alarm(this::look);
    }

    /// Has a connection, and may ask.
    abstract void act(Line here);

    /// What was asked and is not answered never will be.
    abstract void lost();

    /// Whether there is nothing that he wants to bring any more.
    abstract boolean isDone();

    final Site site() {
        return site;
    }

    final SeededDice dice() {
        return site.dice;
    }

    final boolean dribbles() {
        return site.dribbles;
    }

    final void start() {
        lookWithin(PAUSE_LOOKS);
    }

    private void lookWithin(int looks) {
        long now = site.seat.clock().nanos();
        alarm.set((now / LOOK_NANOS + 1 + dice().below(looks)) * LOOK_NANOS);
    }

    @Override
    public final LinkHandler welcome(Link link) {
        Line opened = new Line(link, this);
        line = opened;
        alarm.setAfterMillis(0);
        return opened;
    }

    @Override
    public final void unreachable(Fault fault) {
        start();
    }

    final void left() {
        line = null;
        lost();
        start();
    }

    private void look() {
        Line here = line;
        if (here == null) {
            site.seat.connect(Service.ENDPOINT, Security.PLAIN, this);
            return;
        }
        here.look();
        if (line == here) {
            act(here);
        }
        lookWithin(LOOKS);
    }

    @Override
    public String toString() {
        return "%s, %s".formatted(getClass().getSimpleName(), line);
    }
}
