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
    private static final int PAUSE_MILLIS = 40;
    private static final int LOOK_MILLIS = 12;

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
        alarm.setAfterMillis(1 + dice().below(PAUSE_MILLIS));
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
        alarm.setAfterMillis(1 + dice().below(LOOK_MILLIS));
    }

    @Override
    public String toString() {
        return "%s, %s".formatted(getClass().getSimpleName(), line);
    }
}
