"""A Hugging Face Hub on loopback: real HTTP for the real clients, faults on demand.

    with HubServer() as server:
        api = HfApi(endpoint=server.endpoint, token=server.token)
        server.faults.append(Fault("POST", "/commit/", status=503))     # the next commit is refused
        server.faults.append(Fault("POST", "/commit/", lost=True))      # it lands, its reply does not
        server.log                                                      # (method, path, status)

It serves what huggingface_hub, datasets and HfFileSystem ask for: create_repo, create_commit with the git-lfs "basic"
transfer, tags, branches, refs, commits, trees in pages, paths-info, resolve with ranges, large files by redirect.
There is no Xet, so clients need HF_HUB_DISABLE_XET=1. Blobs are content-addressed files; state is in memory.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import socket
import tempfile
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

import uvicorn
import yaml
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

TOKEN = "hf_stand_in"
LFS_SUFFIXES = (".parquet", ".arrow", ".bin", ".safetensors", ".zst", ".gz")
REGULAR_MAX = 10 * 1024 * 1024
PAGE = 1000  # entries of a tree in one reply
DATE = "2026-01-01T00:00:00.000Z"

Handler = Callable[..., Awaitable[Response]]


@dataclass(frozen=True)
class Fault:
    """What one request gets whose method and path (a regular expression, searched) fit.

    status  is sent instead of doing the work; `lost`: the work is done, and then the connection is dropped;
    `drop`: the connection is dropped before; `then`: called before the request goes on as if nothing had happened.
    """

    method: str
    path: str
    status: int = 503
    headers: tuple[tuple[str, str], ...] = ()
    lost: bool = False
    drop: bool = False
    then: Callable[[], object] | None = None

    def fits(self, method: str, path: str) -> bool:
        return self.method == method and re.search(self.path, path) is not None


@dataclass(frozen=True)
class Entry:
    """A file of a tree: `oid` is git's blob id (of the pointer file for a large one)."""

    sha256: str
    size: int
    large: bool
    oid: str
    pointer: int


@dataclass
class Commit:
    tree: dict[str, Entry]
    title: str
    parent: str | None


@dataclass
class Repository:
    private: bool
    commits: dict[str, Commit] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)


def refusal(status: int, code: str = "", message: str = "", **headers: str) -> JSONResponse:
    told = {**headers, **({"X-Error-Code": code} if code else {}), **({"X-Error-Message": message} if message else {})}
    return JSONResponse({"error": message or code}, status_code=status, headers=told)


class HubServer:
    """See the module. `root` keeps the blobs, or a temporary folder until the server ends."""

    def __init__(self, root: Path | None = None, token: str = TOKEN) -> None:
        self.token = token
        self._temporary = None if root else tempfile.TemporaryDirectory(prefix="hub")
        self.blobs = Path(root or self._temporary.name) / "blobs"
        self.blobs.mkdir(parents=True, exist_ok=True)
        self.repositories: dict[str, Repository] = {}
        self.faults: list[Fault] = []
        self.log: list[tuple[str, str, int]] = []
        self.lock = threading.RLock()
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()  # connections wait until the server is up
        self.endpoint = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(self._asgi, log_level="critical", lifespan="off", interface="asgi3")
        self._server = uvicorn.Server(config)
        self._app = Starlette(routes=Routes(self).routes)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._server.should_exit = True
        self._thread.join()
        if self._temporary is not None:
            self._temporary.cleanup()

    @property
    def environment(self) -> dict[str, str]:
        """Variables under which another process speaks to this Hub."""
        return {
            "HF_ENDPOINT": self.endpoint,
            "HF_TOKEN": self.token,
            "HF_HUB_DISABLE_XET": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "HF_HUB_DISABLE_PROGRESS_BARS": "1",
            "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
        }

    def dataset(self, name: str) -> Repository:
        return self.repositories[f"datasets/{name}"]

    def put_file(self, name: str, path: str, content: bytes) -> str:
        """Commit a file to a dataset's main branch, as somebody else would; returns the commit."""
        with self.lock:
            repository = self.dataset(name)
            tree = {**repository.commits[repository.branches["main"]].tree, path: self.entry(content)}
            return self.commit(repository, "main", tree, f"edit {path}")

    def commit(self, repository: Repository, branch: str, tree: dict[str, Entry], title: str) -> str:
        parent = repository.branches.get(branch)
        listing = sorted((path, entry.oid) for path, entry in tree.items())
        text = json.dumps([self.endpoint, listing, title, parent, len(repository.commits)])
        oid = hashlib.sha1(text.encode()).hexdigest()
        repository.commits[oid] = Commit(tree, title, parent)
        repository.branches[branch] = oid
        return oid

    def create(self, key: str, private: bool) -> None:
        repository = self.repositories[key] = Repository(private)
        attributes = self.entry(b"*.parquet filter=lfs diff=lfs merge=lfs -text\n")
        self.commit(repository, "main", {".gitattributes": attributes}, "initial commit")

    def entry(self, content: bytes | None = None, sha256: str = "") -> Entry:
        """An entry of a regular file from its bytes, or of a large one from the hash of an uploaded blob."""
        if content is not None:
            sha256 = hashlib.sha256(content).hexdigest()
            (self.blobs / sha256).write_bytes(content)
            size, blob = len(content), content
        else:
            size = (self.blobs / sha256).stat().st_size
            blob = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n".encode()
        oid = hashlib.sha1(b"blob %d\0" % len(blob) + blob).hexdigest()
        return Entry(sha256, size, content is None, oid, len(blob))

    def resolve(self, repository: Repository, revision: str) -> str | None:
        name = unquote(revision).removeprefix("refs/heads/").removeprefix("refs/tags/")
        if found := repository.branches.get(name) or repository.tags.get(name):
            return found
        fitting = [oid for oid in repository.commits if re.fullmatch("[0-9a-f]{7,40}", name) and oid.startswith(name)]
        return fitting[0] if len(fitting) == 1 else None

    async def _asgi(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        # Routed on the quoted path, so that "refs%2Fpr%2F1" stays one segment.
        path = scope["raw_path"].decode().partition("?")[0]
        scope = {**scope, "path": path}
        with self.lock:
            fault = next((fault for fault in self.faults if fault.fits(scope["method"], path)), None)
            if fault is not None:
                self.faults.remove(fault)
        lost = fault is not None and (fault.lost or fault.drop)

        async def logged(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.log.append((scope["method"], path, message["status"]))
            if not lost:
                await send(message)

        if fault is None or fault.lost:
            await self._app(scope, receive, logged)
        elif fault.then is not None:
            fault.then()
            await self._app(scope, receive, logged)
        elif not fault.drop:
            await refusal(fault.status, message="injected", **dict(fault.headers))(scope, receive, logged)
        if lost:  # a reply that is shorter than it says: uvicorn closes the connection
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
            await send({"type": "http.response.body", "body": b"{", "more_body": True})


class Routes:
    """The handlers; those of a repository get its key, itself and the commit that the request names."""

    def __init__(self, server: HubServer) -> None:
        self.server = server
        api = "/api/{kind}/{owner}/{name}"
        self.routes = [
            Route("/api/validate-yaml", self.validate_yaml, methods=["POST"]),
            Route("/api/whoami-v2", self.whoami, methods=["GET"]),
            Route("/api/repos/create", self.create, methods=["POST"]),
            Route("/_lfs/verify", self.verify_blob, methods=["POST"]),
            Route("/_lfs/{oid}", self.put_blob, methods=["PUT"]),
            Route("/_cdn/{oid}", self.get_blob, methods=["GET", "HEAD"]),
            self._route(f"{api}/preupload/{{revision:path}}", self.preupload, "POST", writes=True),
            self._route(f"{api}/commit/{{revision:path}}", self.commit, "POST", writes=True),
            self._route(f"{api}/paths-info/{{revision:path}}", self.paths_info, "POST"),
            self._route(f"{api}/refs", self.refs, "GET"),
            self._route(f"{api}/commits/{{revision:path}}", self.commits, "GET"),
            self._route(f"{api}/tag/{{start:path}}", self.tag, "POST", writes=True),
            self._route(f"{api}/branch/{{start:path}}", self.branch, "POST", writes=True),
            self._route(f"{api}/tree/{{revision}}/{{path:path}}", self.tree, "GET"),
            self._route(f"{api}/tree/{{revision}}", self.tree, "GET"),
            self._route(f"{api}/revision/{{revision:path}}", self.info, "GET"),
            self._route(api, self.info, "GET"),
            self._route("/{kind}/{owner}/{name}/resolve/{revision}/{path:path}", self.file, "GET", "HEAD"),
            self._route("/{kind}/{owner}/{name}.git/info/lfs/objects/batch", self.batch, "POST", writes=True),
        ]

    def _route(self, path: str, handler: Handler, *methods: str, writes: bool = False) -> Route:
        async def endpoint(request: Request) -> Response:
            given = request.path_params
            key = f"{given['kind']}/{given['owner']}/{given['name']}"
            repository = self.server.repositories.get(key)
            known = self._is_known(request)
            if writes and not known:
                return refusal(401, "", "Invalid username or password.")
            if repository is None or (repository.private and not known):
                return refusal(401 if not known else 404, "RepoNotFound", "Repository not found")
            commit = self.server.resolve(repository, given.get("revision") or "main")
            if commit is None:
                return refusal(404, "RevisionNotFound", f"Invalid rev id: {given['revision']}")
            return await handler(request, key, repository, commit)

        return Route(path, endpoint, methods=list(methods))

    def _is_known(self, request: Request) -> bool:
        return request.headers.get("authorization") == f"Bearer {self.server.token}"

    async def validate_yaml(self, request: Request) -> Response:
        try:
            header = (await request.json())["content"].split("---")[1]
            assert isinstance(yaml.safe_load(header), dict)
        except (IndexError, yaml.YAMLError, AssertionError) as error:
            return JSONResponse({"errors": [{"message": str(error)}], "warnings": []}, status_code=400)
        return JSONResponse({"errors": [], "warnings": []})

    async def whoami(self, request: Request) -> Response:
        if not self._is_known(request):
            return refusal(401, "", "Invalid username or password.")
        token = {"type": "access_token", "accessToken": {"role": "write"}}
        return JSONResponse({"type": "user", "id": "0", "name": "tester", "orgs": [], "auth": token})

    async def create(self, request: Request) -> Response:
        if not self._is_known(request):
            return refusal(401, "", "Invalid username or password.")
        asked = await request.json()
        kind, owner = (asked.get("type") or "model") + "s", asked.get("organization") or "tester"
        key = f"{kind}/{owner}/{asked['name']}"
        with self.server.lock:
            there = key in self.server.repositories
            if not there:
                private = asked.get("visibility") == "private" or bool(asked.get("private"))
                self.server.create(key, private)
        url = f"{self.server.endpoint}/{key.removeprefix('models/')}"
        name = f"{owner}/{asked['name']}"
        return JSONResponse({"url": url, "name": name, "id": key}, status_code=409 if there else 200)

    async def preupload(self, request: Request, key: str, repository: Repository, commit: str) -> Response:
        tree, found = repository.commits[commit].tree, []
        for asked in (await request.json())["files"]:
            binary = b"\0" in base64.b64decode(asked.get("sample") or "")
            large = asked["path"].endswith(LFS_SUFFIXES) or asked["size"] > REGULAR_MAX or binary
            entry = tree.get(asked["path"])
            known = entry and (entry.sha256 if entry.large else entry.oid)
            mode = "lfs" if large else "regular"
            found.append({"path": asked["path"], "uploadMode": mode, "shouldIgnore": False, "oid": known})
        return JSONResponse({"files": found, "commitOid": commit})

    async def batch(self, request: Request, key: str, repository: Repository, commit: str) -> Response:
        objects = []
        for asked in (await request.json())["objects"]:
            wanted: dict[str, Any] = {"oid": asked["oid"], "size": asked["size"]}
            if not (self.server.blobs / asked["oid"]).exists():
                upload = {"href": f"{self.server.endpoint}/_lfs/{asked['oid']}", "header": {}}
                verify = {"href": f"{self.server.endpoint}/_lfs/verify", "header": {}}
                wanted["actions"] = {"upload": upload, "verify": verify}
            objects.append(wanted)
        return JSONResponse({"transfer": "basic", "objects": objects}, media_type="application/vnd.git-lfs+json")

    async def put_blob(self, request: Request) -> Response:
        oid = request.path_params["oid"]
        unfinished, digest = self.server.blobs / f".{oid}.{id(request)}", hashlib.sha256()
        with unfinished.open("wb") as file:
            async for part in request.stream():
                file.write(part)
                digest.update(part)
        if digest.hexdigest() != oid:
            unfinished.unlink()
            return refusal(400, "", "sha256 mismatch")
        unfinished.replace(self.server.blobs / oid)
        return Response(headers={"ETag": oid})

    async def verify_blob(self, request: Request) -> Response:
        there = (self.server.blobs / (await request.json())["oid"]).exists()
        return JSONResponse({}) if there else refusal(404, "", "object missing")

    async def get_blob(self, request: Request) -> Response:
        path = self.server.blobs / Path(request.path_params["oid"]).name
        return FileResponse(path) if path.exists() else refusal(404)

    async def commit(self, request: Request, key: str, repository: Repository, commit: str) -> Response:
        operations = [json.loads(line) for line in (await request.body()).splitlines() if line.strip()]
        branch = unquote(request.path_params["revision"])
        with self.server.lock:
            parent = repository.branches[branch]
            head = next(op["value"] for op in operations if op["key"] == "header")
            if (expected := head.get("parentCommit")) and not parent.startswith(expected):
                return refusal(412, "", "A commit has happened since. Please refresh and try again.")
            tree = dict(repository.commits[parent].tree)
            for operation in operations:
                kind, value = operation["key"], operation["value"]
                if kind == "file":
                    tree[value["path"]] = self.server.entry(base64.b64decode(value["content"]))
                elif kind == "lfsFile":
                    if not (self.server.blobs / value["oid"]).exists():
                        return refusal(422, "", f"object {value['oid']} was not uploaded")
                    tree[value["path"]] = self.server.entry(sha256=value["oid"])
                elif kind == "deletedFile":
                    tree.pop(value["path"])
                elif kind == "deletedFolder":
                    tree = {p: e for p, e in tree.items() if not p.startswith(value["path"].rstrip("/") + "/")}
            made = self.server.commit(repository, branch, tree, head["summary"])
        return JSONResponse({"success": True, "commitOid": made, "hookOutput": "", "commitUrl": f"{key}/commit/{made}"})

    async def paths_info(self, request: Request, key: str, repository: Repository, commit: str) -> Response:
        as_json = request.headers.get("content-type", "").startswith("application/json")
        asked = await request.json() if as_json else await request.form()
        paths = asked["paths"] if as_json else asked.getlist("paths")
        tree, found = repository.commits[commit].tree, []
        for path in [name.strip("/") for name in ([paths] if isinstance(paths, str) else paths)]:
            if path in tree:
                found.append(_file(path, tree[path]))
            elif any(name.startswith(path + "/") for name in tree):
                found.append(_folder(path))
        return JSONResponse(found)

    async def refs(self, request: Request, key: str, repository: Repository, commit: str) -> Response:
        def listed(names: dict[str, str], kind: str) -> list[dict[str, str]]:
            return [{"name": n, "ref": f"refs/{kind}/{n}", "targetCommit": oid} for n, oid in names.items()]

        branches, tags = listed(repository.branches, "heads"), listed(repository.tags, "tags")
        return JSONResponse({"branches": branches, "tags": tags, "converts": [], "pullRequests": []})

    async def commits(self, request: Request, key: str, repository: Repository, commit: str) -> Response:
        found, oid = [], commit
        while oid:
            made = repository.commits[oid]
            found.append({"id": oid, "title": made.title, "message": "", "date": DATE, "authors": []})
            oid = made.parent or ""
        return JSONResponse(found)

    async def tag(self, request: Request, key: str, repository: Repository, commit: str) -> Response:
        return await self._refer(request, repository, repository.tags, (await request.json())["tag"])

    async def branch(self, request: Request, key: str, repository: Repository, commit: str) -> Response:
        return await self._refer(request, repository, repository.branches, unquote(request.path_params["start"]))

    async def _refer(self, request: Request, repository: Repository, names: dict[str, str], name: str) -> Response:
        with self.server.lock:
            if name in names:
                return refusal(409, "", f"Reference {name} already exists")
            body = json.loads(await request.body() or b"{}")
            start = body.get("startingPoint") or (request.path_params["start"] if "tag" in body else "main")
            target = self.server.resolve(repository, start)
            if target is None:
                return refusal(404, "RevisionNotFound", start)
            names[name] = target
        return JSONResponse({})

    async def tree(self, request: Request, key: str, repository: Repository, commit: str) -> Response:
        tree = repository.commits[commit].tree
        base = unquote(request.path_params.get("path", "")).strip("/")
        prefix = base + "/" if base else ""
        deep = request.query_params.get("recursive", "").lower() in ("true", "1")
        found: dict[str, dict[str, Any]] = {}
        for path, entry in sorted(tree.items()):
            if not path.startswith(prefix):
                continue
            parts = path[len(prefix) :].split("/")
            for depth in range(1, len(parts) if deep else min(2, len(parts))):
                folder = prefix + "/".join(parts[:depth])
                found.setdefault(folder, _folder(folder))
            if deep or len(parts) == 1:
                found[path] = _file(path, entry)
        if base and not found:
            return refusal(404, "EntryNotFound", f"{base} does not exist on {commit}")
        start = int(request.query_params.get("cursor", "0"))
        page = list(found.values())[start : start + PAGE]
        headers = {}
        if start + PAGE < len(found):
            further = request.url.include_query_params(cursor=start + PAGE)
            headers["Link"] = f'<{self.server.endpoint}{further.path}?{further.query}>; rel="next"'
        return JSONResponse(page, headers=headers)

    async def info(self, request: Request, key: str, repository: Repository, commit: str) -> Response:
        tree, name = repository.commits[commit].tree, key.partition("/")[2]
        siblings = [{"rfilename": p, "size": e.size, "blobId": e.oid} for p, e in tree.items()]
        facts = {"gated": False, "disabled": False, "tags": [], "downloads": 0, "likes": 0, "lastModified": DATE}
        card = self._card(tree)
        return JSONResponse(
            {"_id": key, "id": name, "author": name.partition("/")[0], "sha": commit, "private": repository.private}
            | {**facts, "cardData": card, "siblings": siblings}
        )

    def _card(self, tree: dict[str, Entry]) -> dict[str, Any]:
        if "README.md" not in tree:
            return {}
        found = re.match(r"---\s*\n(.*?)\n---", (self.server.blobs / tree["README.md"].sha256).read_text(), re.S)
        return yaml.safe_load(found[1]) if found else {}

    async def file(self, request: Request, key: str, repository: Repository, commit: str) -> Response:
        path = unquote(request.path_params["path"])
        entry = repository.commits[commit].tree.get(path)
        if entry is None:
            return refusal(404, "EntryNotFound", "Entry not found", **{"X-Repo-Commit": commit})
        headers = {"X-Repo-Commit": commit, "ETag": f'"{entry.sha256 if entry.large else entry.oid}"'}
        if entry.large:
            headers |= {"X-Linked-Etag": f'"{entry.sha256}"', "X-Linked-Size": str(entry.size)}
            elsewhere = self.server.endpoint.replace("127.0.0.1", "localhost")  # clients must not take it for the Hub
            return RedirectResponse(f"{elsewhere}/_cdn/{entry.sha256}", status_code=302, headers=headers)
        return FileResponse(self.server.blobs / entry.sha256, headers=headers, media_type="application/octet-stream")


def _file(path: str, entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "file", "oid": entry.oid, "size": entry.size, "path": path}
    if entry.large:
        found["lfs"] = {"oid": entry.sha256, "size": entry.size, "pointerSize": entry.pointer}
    return found


def _folder(path: str) -> dict[str, Any]:
    return {"type": "directory", "oid": hashlib.sha1(path.encode()).hexdigest(), "size": 0, "path": path}
