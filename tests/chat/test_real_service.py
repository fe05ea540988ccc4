"""The protocol against a real serving stack: `transformers serve` with a tiny random model made on the spot.

It says nothing sensible, so that this is about requests, streams and the fall back, not answers.
`transformers serve` needs accelerate, which Duban does not: without it these tests are skipped.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from task_list import QUESTION, assistant_with

from assistant.chat.endpoint import ChatEndpoint
from assistant.chat.provider import ChatModel, Message, Text

_TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant:"
_READY_S = 120


def make_model(folder: Path) -> None:
    """A random model of a few thousand weights that can be served."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import (
        GenerationConfig,
        LlamaConfig,
        LlamaForCausalLM,
        PreTrainedTokenizerFast,
    )

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=300,
        special_tokens=["<s>", "</s>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tokenizer.train_from_iterator(["区水务局牵头，2024年底前完成。"], trainer)
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", pad_token="</s>"
    )
    fast.chat_template = _TEMPLATE
    fast.save_pretrained(folder)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(fast),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=8192,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )
    model = LlamaForCausalLM(config)
    model.generation_config = GenerationConfig(
        max_new_tokens=24, do_sample=False, bos_token_id=0, eos_token_id=1, pad_token_id=1
    )
    model.save_pretrained(folder)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of the service and its model's name."""
    pytest.importorskip("accelerate", reason="transformers serve needs it: pip install accelerate")
    folder = tmp_path_factory.mktemp("model")
    make_model(folder)
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).with_name("transformers")),
        *("serve", "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"),
    ]
    log = folder / "log.txt"
    with log.open("wb") as output:
        environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        try:
            _wait_until_ready(process, port, log)
            yield f"http://127.0.0.1:{port}/v1", str(folder)
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + _READY_S
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/health").status_code == httpx.codes.OK:
                return
        time.sleep(0.2)
    pytest.fail(log.read_text(encoding="utf-8", errors="replace"))


@pytest.mark.slow
def test_a_real_service_streams(served: tuple[str, str]) -> None:
    url, name = served
    model = ChatModel(ChatEndpoint(name, url))
    stream = model.stream([Message("user", "你好")])
    try:
        assert next(piece for piece in stream if isinstance(piece, Text)).text
    finally:
        stream.close()
        model.close()


@pytest.mark.slow
def test_nonsense_of_a_real_service_leaves_the_built_in_answer(served: tuple[str, str]) -> None:
    url, name = served
    model = ChatModel(ChatEndpoint(name, url))
    try:
        answer = assistant_with(model).answer(QUESTION)
    finally:
        model.close()
    assert answer.writing is not None
    assert answer.writing.built_in
    assert "区商务局" in answer.text
