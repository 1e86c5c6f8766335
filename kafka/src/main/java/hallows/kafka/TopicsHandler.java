package hallows.kafka;

import hallows.cluster.ControllerCall;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.ApiMessage;

/// Brings changes of topics to the controller, which checks them, and its answer back.
final class TopicsHandler implements Handler {
    private final Station station;
    private final Supplier<? extends ApiMessage> empty;

    /// @param empty makes a request to be read into
    TopicsHandler(Station station, Supplier<? extends ApiMessage> empty) {
        this.station = station;
        this.empty = empty;
    }

    @Override
    public boolean serve(Incoming request) {
        ApiMessage asked = request.read(empty.get());
        ControllerCall.Caller caller =
                new ControllerCall.Caller("User:ANONYMOUS", request.clientId(), _ -> 0);
        station.ask(new ControllerCall(asked, request.version(), caller), request::reply);
        return true;
    }
}
