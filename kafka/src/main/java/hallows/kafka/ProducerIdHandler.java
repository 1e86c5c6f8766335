package hallows.kafka;

import hallows.runtime.Result;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.Errors;

/// Gives producers their numbers. Transactions have no coordinator here yet: who wants one is sent
/// on, as Kafka does where the coordinator is another broker.
final class ProducerIdHandler implements Handler {
    private static final int NONE = -1;

    /// `transaction.max.timeout.ms`, of which nothing else is here yet.
    private static final int TRANSACTION_MILLIS_MAX = 900_000;

    private final Station station;

    ProducerIdHandler(Station station) {
        this.station = station;
    }

    @Override
    public boolean serve(Incoming request) {
        InitProducerIdRequestData asked = request.read(new InitProducerIdRequestData());
        Errors wrong = wrong(asked);
        if (wrong != Errors.NONE) {
            request.reply(refused(wrong));
        } else {
            station.broker().newProducerId(id -> request.reply(answer(id)));
        }
        return true;
    }

    private static Errors wrong(InitProducerIdRequestData asked) {
        boolean numbered = asked.producerId() != NONE;
        if (numbered != (asked.producerEpoch() != NONE)) {
            return Errors.INVALID_REQUEST;
        }
        String transaction = asked.transactionalId();
        if (transaction == null) {
            return Errors.NONE;
        }
        if (transaction.isEmpty()) {
            return Errors.INVALID_REQUEST;
        }
        int millis = asked.transactionTimeoutMs();
        return millis <= 0 || millis > TRANSACTION_MILLIS_MAX
                ? Errors.INVALID_TRANSACTION_TIMEOUT
                : Errors.NOT_COORDINATOR;
    }

    private static InitProducerIdResponseData answer(Result<Long> id) {
        return switch (id) {
            case Result.Ok<Long>(Long number) ->
                    new InitProducerIdResponseData()
                            .setProducerId(number)
                            .setProducerEpoch((short) 0);
            case Result.Failed<Long> _ -> refused(Errors.COORDINATOR_LOAD_IN_PROGRESS);
        };
    }

    private static InitProducerIdResponseData refused(Errors error) {
        return new InitProducerIdResponseData()
                .setErrorCode(error.code())
                .setProducerId(NONE)
                .setProducerEpoch((short) NONE);
    }
}
