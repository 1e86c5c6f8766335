package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Mutant;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Between socket and broker there are bugs that only clients at the far end of a network can feel:
/// those that are planted here are found, by the check that is there for them.
final class WholeWayPlantedBugsTest {
    private static final int SEEDS = 60;
    private static final ClassDesc QUEUE = ClassDesc.of("hallows.kafka.AnswerQueue");

    /// What a client says whose reply is not his.
    private static final String MIXED_UP = "out of turn";

    /// What one says who is forgotten.
    private static final String STUCK = "nobody answers|has not come within";

    static Stream<Named<Mutant.Bug>> bugs() {
        return Stream.of(
                Named.of(
                        "a reply that overtakes",
                        bug("AnswerQueue", "put", takesTheFirstSlot(), MIXED_UP)),
                Named.of(
                        "a client that is not read from any more",
                        bug("Inflow", "readOn", skips("resumeReading", 1), STUCK)),
                Named.of(
                        "memory of frames that counts as taken for ever",
                        bug("MemoryShare", "handOn", doesNotSubtract(), STUCK)),
                Named.of(
                        "the memory of a large frame that is kept",
                        bug(
                                "FrameIntake",
                                "closeLarge",
                                skips("release", 2),
                                STUCK + "|MemoryLeaked")));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aPlantedBugIsFoundAndItsSeedReplaysIt(Mutant.Bug bug) {
        Optional<String> found = Mutant.hunt(bug, MutantTrial.class, SEEDS);
        assertTrue(found.isPresent(), "not found in " + SEEDS + " seeds");
        System.out.println(found.get());
    }

    private static Mutant.Bug bug(
            String victim, String method, CodeTransform change, String complaint) {
        return new Mutant.Bug("hallows.kafka." + victim, method, change, complaint);
    }

    /// Whatever turn it was given, a reply goes where the next one is sent from.
    private static CodeTransform takesTheFirstSlot() {
        return (code, element) -> {
            if (element instanceof LoadInstruction load && load.typeKind() == TypeKind.LONG) {
                code.aload(0).getfield(QUEUE, "sent", ConstantDescs.CD_long);
            } else {
                code.with(element);
            }
        };
    }

    /// A call of nobody with so many references, itself among them, is left out.
    private static CodeTransform skips(String method, int references) {
        return (code, element) -> {
            if (!calls(element, method)) {
                code.with(element);
                return;
            }
            for (int i = 0; i < references; i++) {
                code.pop();
            }
        };
    }

    private static CodeTransform doesNotSubtract() {
        return (code, element) -> {
            if (element instanceof OperatorInstruction operator
                    && operator.opcode() == Opcode.LSUB) {
                code.pop2();
            } else {
                code.with(element);
            }
        };
    }

    private static boolean calls(CodeElement element, String method) {
        return element instanceof InvokeInstruction call && call.name().equalsString(method);
    }
}
